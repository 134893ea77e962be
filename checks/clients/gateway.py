"""Sends commands to a gateway with the standard library of Python. Argument: the address of the gateway."""
import json
import sys
import urllib.error
import urllib.request

address = sys.argv[1]


def request(path, body=None, **headers):
    """The status and the JSON of the response; refusals are responses, too."""
    sending = urllib.request.Request(address + path, None if body is None else json.dumps(body).encode(), {
        "Content-Type": "application/json", "Prefer": "wait=10", **{name.replace("_", "-"): value
                                                                    for name, value in headers.items()}})
    try:
        with urllib.request.urlopen(sending, timeout=30) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


offer = "/offers/contoso/from-python"
create = {"offerType": "SAAS", "alias": "From Python"}
status, first = request(offer + "/commands/CreateOffer", create, Idempotency_Key="python-1")
assert (status, first["result"], first["repeated"]) == (201, "ACCEPTED", False), first
status, shown = request(offer)
assert (status, shown["alias"], shown["draftVersion"]) == (200, "From Python", first["draftVersion"]), shown
status, again = request(offer + "/commands/CreateOffer", create, Idempotency_Key="python-1")
same = ["result", "reason", "commandId", "draftVersion"]
assert (status, again["repeated"]) == (201, True) and all(again[one] == first[one] for one in same), again
status, other = request(offer + "/commands/CreateOffer", {**create, "alias": "Other"}, Idempotency_Key="python-1")
assert (status, other["reason"]) == (422, "COMMAND_ID_REUSED"), other
status, refused = request(offer + "/commands/SubmitOffer", {})
assert (status, refused["reason"]) == (422, "SECTIONS_INCOMPLETE") and refused["rule"], refused
assert all(problem["section"] for problem in refused["problems"]), refused
status, wrong = request(offer + "/commands/SaveSection", {"section": "PROPERTIES", "contents": {}})
assert status == 422 and wrong["path"] and wrong["suggestion"] == "content", wrong
print("ok: Python")
