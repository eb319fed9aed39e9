"""
The only door to boto3 and botocore: building clients, and telling what their exceptions mean.
"""
