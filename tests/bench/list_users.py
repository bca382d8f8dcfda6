"""Lists users with the vendor's client, and prints how many seconds a call takes."""

import sys
import time

import cloudinary_account_provisioning as package
from cloudinary_account_provisioning import models

USERS = 100


def main(url, calls):
    """Makes so many calls, after some that open the connection."""
    client = package.CldProvisioning(
        server_url=url,
        account_id="16f8d1a5-4c57-4b32-8b7e-5d6c2f0a9e31",
        security=models.Security(provisioning_api_key="834761295468217", provisioning_api_secret="secret"),
    )
    for _ in range(3):
        assert len(client.users.list(request={"page": 1, "page_size": USERS}).users) == USERS
    start = time.perf_counter()
    for _ in range(calls):
        client.users.list(request={"page": 1, "page_size": USERS})
    print((time.perf_counter() - start) / calls)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
