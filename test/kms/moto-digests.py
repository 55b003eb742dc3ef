"""moto_server whose KMS knows `MessageType: DIGEST`, which moto 5.2 takes for a message and hashes again."""

import sys
import threading

from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from moto.kms import responses, utils
from moto.server import main

asked = threading.local()


def noting_message_type(operation):
    def wrapped(self):
        asked.digest = self._get_param("MessageType") == "DIGEST"
        return operation(self)

    return wrapped


def prehashed(hash_of):
    def wrapped(*args):
        found = hash_of(*args)
        if not getattr(asked, "digest", False):
            return found
        if isinstance(found, tuple):
            return found[0], Prehashed(found[1])
        return Prehashed(found)

    return wrapped


for name in ("sign", "verify"):
    setattr(responses.KmsResponse, name, noting_message_type(getattr(responses.KmsResponse, name)))
for owner, name in (
    (utils.RSAPrivateKey, "_RSAPrivateKey__padding_and_hash_algorithm"),
    (utils.ECDSAPrivateKey, "_ECDSAPrivateKey__hash_algorithm"),
):
    setattr(owner, name, prehashed(getattr(owner, name)))

main(sys.argv[1:])
