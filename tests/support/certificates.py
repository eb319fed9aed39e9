"""
Certificates made on the spot: one that is right for 127.0.0.1, and some that are wrong.
"""

import datetime as dt
import ipaddress
import ssl
import tempfile
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_DAY = dt.timedelta(days=1)
HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
ELSEWHERE = x509.DNSName("elsewhere.example")


@cache
def certificate(name: x509.GeneralName = HERE, valid_for: dt.timedelta = _DAY) -> Path:
    """
    Return a file with a self-signed certificate for `name` and its key; whoever trusts the file trusts the server.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - 2 * _DAY)
        .not_valid_after(now + valid_for)
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    folder = Path(tempfile.mkdtemp(prefix="braket-jobs-tests-"))
    file = folder / "server.pem"
    file.write_bytes(private + builder.sign(key, hashes.SHA256()).public_bytes(encoding))
    return file


@cache
def parts(file: Path) -> tuple[Path, Path, Path]:
    """
    Return files with the certificate alone of `file`, with its key alone, and with its key under a password.
    """
    text = file.read_text()
    start = text.index("-----BEGIN CERTIFICATE")
    key = serialization.load_pem_private_key(text[:start].encode(), None)
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"a password"),
    )
    files = [file.with_name(f"{name}.pem") for name in ("certificate", "key", "locked")]
    for each, content in zip(files, (text[start:].encode(), text[:start].encode(), locked), strict=True):
        each.write_bytes(content)
    return files[0], files[1], files[2]


def server_side(file: Path) -> ssl.SSLContext:
    """
    Return the server's side of TLS with the certificate in `file`.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
