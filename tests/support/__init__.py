"""
What tests share: samples, servers, documents. No fact is tested here.
"""
