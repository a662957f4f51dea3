"""Whose certificates are believed: those the web believes, and those of the machine's operator."""

import ssl

import httpx


def trusting() -> ssl.SSLContext:
    """Return what checks certificates; it reads files, so call it beside the event loop.

    The machine's own come second, so that an operator's authority for a house (or SSL_CERT_FILE)
    is believed too.
    """
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
