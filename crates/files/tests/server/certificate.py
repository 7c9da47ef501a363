"""Makes an authority and a certificate of it for 127.0.0.1, as files in the folder that is named."""

import datetime
import ipaddress
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PEM = serialization.Encoding.PEM
SINCE = datetime.datetime(2012, 1, 1)
UNTIL = datetime.datetime(2112, 1, 1)


def name(common):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common)])


def begun(subject, key):
    return (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name("An authority of the tests"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SINCE)
        .not_valid_after(UNTIL)
    )


folder = pathlib.Path(sys.argv[1])
root, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
authority = (
    begun("An authority of the tests", root)
    .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    .sign(root, hashes.SHA256())
)
names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
certificate = (
    begun("127.0.0.1", key)
    .add_extension(names, critical=False)
    .sign(root, hashes.SHA256())
)
(folder / "authority.pem").write_bytes(authority.public_bytes(PEM))
(folder / "certificate.pem").write_bytes(certificate.public_bytes(PEM))
(folder / "key.pem").write_bytes(
    key.private_bytes(
        PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
)
