"""The clients of the vendors, in the versions that the scenarios are written for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Client:
    """One version of one package."""

    package: str
    version: str
    # The directory of its scenarios.
    scenarios: str

    @property
    def name(self):
        """The name and the version."""
        return f"{self.package} {self.version}"


CLIENTS = (
    Client("cloudinary-account-provisioning", "0.1.3", "cloudinary_account_provisioning"),
    Client("cloudinary", "1.46.3", "cloudinary_classic"),
    Client("cloudflare", "4.3.1", "cloudflare"),
    Client("cloudflare", "5.9.0", "cloudflare"),
    Client("cloudspot-license-api", "1.0.0", "cloudspot"),
    Client("cloudspot-license-api", "1.4.3", "cloudspot"),
)
