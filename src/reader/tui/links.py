"""Opening an address in the browser: http and https only, never through a shell."""

from urllib.parse import urlsplit


def open_url(url: str) -> str:
    """Open an address and say what happened.

    The address reaches the browser as one argument of its own, as `webbrowser` starts programs; one
    that could be taken for an option or is not plain http(s) is refused.
    """
    if not url:
        return "The article has no address (E gives it one)"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "Not opened: the address is malformed"
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isprintable() or " " in url:
        return "Not opened: only http and https addresses are"
    import webbrowser

    try:
        browser = webbrowser.get()
        if type(browser) is webbrowser.GenericBrowser:
            # It would take this terminal.
            return "Not opened: the only browser found is one for the terminal"
        opened = browser.open(url)
    except (webbrowser.Error, OSError) as error:
        return f"Not opened: {error}"
    return f"Opened {url}" if opened else "Not opened: the browser did not take it"
