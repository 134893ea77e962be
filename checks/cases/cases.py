"""The cases: what comes from outside, and the behaviour that is right. Run by checks/cases.sh.

    cases.py            all of them
    cases.py C1 C10     these
"""
import json
import os
import re
import signal
import subprocess
import sys
import time
import traceback
from datetime import datetime, timedelta, timezone

from market import JAR, JAVA, WORK, Separate, Up, Wrong, expect, until

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
FORGED = "2026-11-28 12:00:00 INFO forged"
HEADER = "ID,Description,Type\n"
MEMBER = "0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10"
ON_UP, SEPARATE = [], []


def on_up(case):
    """A case for a marketplace that all of these share."""
    ON_UP.append(case)
    return case


def separate(case):
    """A case that breaks its cluster."""
    SEPARATE.append(case)
    return case


def file(name, content):
    path = os.path.join(WORK, name)
    with open(path, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    return path


def refused(run, code, *sentences):
    expect(run.returncode == code, f"exit code {run.returncode}, not {code}: {run.stdout}{run.stderr}")
    for sentence in sentences:
        expect(sentence in run.stderr, f"expected \"{sentence}\" in: {run.stderr}")
    expect("unexpectedly" not in run.stderr and "REDACTED" not in run.stderr, run.stderr)


def only_branch(schema, name, change):
    """The schema of offer-commands with one command, changed."""
    tree = json.loads(schema)
    payload = next(field for field in tree["fields"] if field["name"] == "payload")
    payload["type"] = [change(next(branch for branch in payload["type"] if branch["name"] == name))]
    return json.dumps(tree)


@on_up
def C1_a_record_that_is_too_large_stops_nothing(market):
    large = b"0" * (9 * 1024 * 1024)
    settings = {"compression.type": "zstd", "message.max.bytes": 100_000_000, "batch.size": 50_000_000}
    for number, (what, key, value, headers) in enumerate((
            ("header", "contoso/large", b"no wire format", [("x-dump", large)]),
            ("trace", "contoso/large", market.value("contoso/large", "SubmitOffer", {})[1], [("traceparent", large)]),
            ("many headers", "contoso/large", b"no wire format", [(f"x-{one}", b"0" * 1_000) for one in range(9_000)]),
            ("key", b"contoso/" + large, b"no wire format", None))):
        for partition in (0, 1):
            at = market.send(key, value, partition=partition, headers=headers, **settings)
            market.answered(at, 90)
        for offer in range(3):
            found = market.outcome(market.create(f"contoso/after-{number}-{offer}"), 90)
            expect(found["result"] == "ACCEPTED", f"the command after a large {what} was {found['result']}")


@on_up
def C8_the_unit_of_an_instant_is_compared(market):
    number, schema = market.newest()
    changed = json.loads(only_branch(schema, "StopSellingOffer", lambda branch: {
        **branch, "namespace": "io.offerflow.avro"}).replace("timestamp-millis", "timestamp-micros"))
    text = json.dumps(changed)
    number = market.register("cases-micros-value", text)
    market.outcome(market.create("contoso/micros"))
    command, value = market.value("contoso/micros", "StopSellingOffer", {
        "notBefore": datetime.now(timezone.utc) + timedelta(days=30), "confirmed": True}, (number, text))
    topic, found = market.answered(market.send("contoso/micros", value))
    if topic == "command-outcomes":
        year = max(value["changedAt"].year for _, _, value in market.records("offer-status") if value)
        expect(found["result"] != "ACCEPTED" or year < 2100, f"{found['result']}, year {year}")
        shown = market.cli("status", "contoso/micros", "-o", "json").stdout
        expect(not re.search(r"\"[+]?\d{5,}-\d\d-", shown), f"an instant is beyond the year 9999: {shown}")


@on_up
def C9_text_in_a_record_is_utf8(market):
    for name, bytes_ in ("latin", b"Caf\xe9 Z\xfcrich!"), ("surrogates", b"Hi \xed\xa0\xbd\xed\xb8\x80 xx"):
        _, value = market.value(f"contoso/{name}", "CreateOffer", {"offerType": "SAAS", "alias": "A" * len(bytes_)})
        at = market.send(f"contoso/{name}", value.replace(b"A" * len(bytes_), bytes_))
        topic, found = market.answered(at)
        expect(topic == "quarantine", f"{name} was {found.get('result')}")


@on_up
def C10_a_file_is_utf8(market):
    windows = file("windows.csv", HEADER.encode() + f"{MEMBER},M\u00fcller,TenantID\n".encode("cp1252"))
    refused(market.cli("audience", "import", "contoso/x", "p", windows), 2, "windows.csv:2:", "UTF-8")
    wide = file("wide.jsonl", '{"topic": "offer-commands"}\n'.encode("utf-16"))
    refused(market.cli("send", wide), 2, "wide.jsonl:1:", "UTF-16")
    refused(market.cli("audience", "import", "contoso/x", "p", file("semicolons.csv", HEADER.replace(",", ";"))), 2,
            "semicolons")


@on_up
def C11_the_locale_changes_no_text(market):
    alias = "Caf\u00e9 Z\u00fcrich \u65e5\u672c"
    for name, locale in (("c", {"LC_ALL": "C"}), ("posix", {"LC_ALL": "", "LANG": "POSIX"}),
                         ("none", {"LC_ALL": "", "LANG": ""})):
        run = market.cli("offer", "create", f"contoso/locale-{name}", "--offer-type", "saas", "--alias", alias,
                         "--wait", environment=locale)
        expect(run.returncode == 0, run.stderr)
        shown = json.loads(market.cli("status", f"contoso/locale-{name}", "-o", "json", environment=locale).stdout)
        expect(shown["offer"]["alias"] == alias, f"stored as {shown['offer']['alias']!r}")
    alone = subprocess.run([JAVA, "-jar", JAR, "offer", "create", "contoso/x", "--offer-type", "saas", "--alias", alias,
                            "--dry-run"], capture_output=True, encoding="utf-8", env={**os.environ, "LC_ALL": "C"})
    refused(alone, 2, "LC_ALL=C.UTF-8")


@on_up
def C12_text_controls_no_terminal_and_forges_no_line(market):
    alias = f"A\x1b[2J\x1b]0;title\x07\r{FORGED}\n{FORGED}\u202egnp.exe \u2028 \x9b31m end"
    market.outcome(market.create("contoso/hostile", alias))
    market.outcome(market.command("contoso/hostile", "StopSellingPlan", {
        "planId": f"p\x1b[31m\n{FORGED}", "notBefore": None, "confirmed": True}, actor=f"eve\x1b[2J\n{FORGED}"))
    _, value = market.value("contoso/hostile", "SubmitOffer", {})
    market.quarantined(market.send(f"contoso/x\n{FORGED}\x1b[31m", value))
    for verb in (["status"], ["status", "contoso/hostile"], ["history", "contoso/hostile"], ["outcomes"],
                 ["quarantine", "list"], ["notifications"], ["watch", "--from", "-10m", "--exit-at-end"],
                 ["replay", "explain", "contoso/hostile"], ["replay", "show", "contoso/hostile"],
                 ["tail", "offer-status", "--from-beginning", "--exit-at-end"],
                 ["offer", "create", "contoso/hostile", "--offer-type", "saas", "--alias", alias, "--wait"],
                 ["tail", "offer-journal", "--from-beginning", "--exit-at-end", "-o", "jsonl"]):
        run = market.cli(*verb)
        for line in (run.stdout + run.stderr).split("\n"):
            expect(not HARMFUL.search(line), f"{' '.join(verb[:2])}: {line!r}")
            expect(not line.startswith(FORGED), f"{' '.join(verb[:2])}: a forged line")
    expect("\n" + FORGED not in market.program.output() and "\x1b" not in market.program.output(), "the log is forged")


@on_up
def C13_output_that_is_cut_is_a_failure(market):
    journal = ["tail", "offer-journal", "--from-beginning", "--exit-at-end", "-o", "jsonl"]
    for verb in (["status"], journal, ["history", "contoso/hostile"], ["replay", "rebuild"], ["--help"]):
        refused(market.cli(*verb, shell="> /dev/full"), 1, "Standard output cannot be written",
                "No space left on device")
    run = market.cli(*journal, shell="| head -n 1; exit ${PIPESTATUS[0]}")
    expect(run.returncode == 0 and not run.stderr, f"{run.returncode}: {run.stderr}")


@on_up
def C15_a_schema_id_in_a_header_is_read_or_explained(market):
    number, _ = market.newest()
    command, value = market.value("contoso/in-header", "CreateOffer", {"offerType": "SAAS", "alias": "Header"})
    at = market.send("contoso/in-header", value[5:],
                     headers=[("__value_schema_id", b"\x00" + number.to_bytes(4, "big"))])
    topic, found = market.answered(at)
    if topic == "quarantine":
        expect("__value_schema_id" in found["detail"] and "prefix_schema_id_serializer" in found["advice"],
               f"{found['detail']} {found['advice']}")


@on_up
def C16_a_command_of_another_namespace_is_named(market):
    _, schema = market.newest()
    text = only_branch(schema, "CreateOffer", lambda branch: {**branch, "namespace": "com.contoso.market"})
    number = market.register("cases-namespace-value", text)
    _, value = market.value("contoso/namespace", "CreateOffer", {"offerType": "SAAS", "alias": "N"}, (number, text))
    topic, found = market.answered(market.send("contoso/namespace", value))
    expect(topic == "quarantine", f"it was {found.get('result')}")
    sentence = found["detail"] + " " + found["advice"]
    expect("com.contoso.market.CreateOffer" in sentence and "io.offerflow.avro" in sentence, sentence)
    expect("Upgrade the service" not in sentence, sentence)


@on_up
def C18_mistakes_of_operators_are_sentences(market):
    second = ["service", "--set", f"bootstrap.servers={market.broker}", "--set",
              f"schema.registry.url={market.registry}", "--set", "http.port=off", "--set"]
    refused(market.cli(*second, f"state.dir={market.data}/state"), 1, "state directory")
    refused(market.cli(*second, f"http.port={market.broker.rsplit(':')[-1]}"), 1, "in use")
    refused(market.cli("status", "--bootstrap-servers", "no.host.invalid:9092"), 1, "no.host.invalid")
    refused(market.cli("status", "--bootstrap-servers", "127.0.0.1:1"), 1, "127.0.0.1:1")
    refused(market.cli("send", WORK), 2, "is a directory")
    refused(market.cli("up", "--data", market.data), 1, "another sandbox")


@on_up
def C19_a_file_that_is_no_json_lines_is_a_sentence(market):
    line = '{"topic": "offer-commands", "value": {}}'
    for name, text, sentence in (("array", f"[{line},\n{line}]", "JSON array"),
                                 ("two", f"{line} {line}", "a second one"),
                                 ("pretty", line.replace("{", "{\n", 1), "several lines"),
                                 ("nan", '{"value": NaN}', "NaN"),
                                 ("comma", '{"value": 1,}', "comma.jsonl:1"), ("cut", line[:20], "cut.jsonl:1")):
        run = market.cli("send", file(f"{name}.jsonl", text))
        refused(run, 2, sentence)
        expect(len(run.stderr.splitlines()) <= 2, run.stderr)


@on_up
def C21_settings_that_the_service_owns_are_refused(market):
    for setting in "kafka.processing.guarantee=at_least_once", "kafka.application.id=another":
        refused(market.cli("service", "--set", f"bootstrap.servers={market.broker}", "--set",
                           f"schema.registry.url={market.registry}", "--set", setting), 1, setting.split("=")[0])


@separate
def C2_a_state_that_is_behind_its_journal_never_decides(market):
    market.start()
    for offer in range(6):
        market.outcome(market.create(f"contoso/kept-{offer}"))
    market.stop_service()
    market.program.tell("delete-changelogs")
    market.start(ready=False)
    end = time.monotonic() + 60
    while time.monotonic() < end and not market.service.ended():
        expect(not market.ready(), "it is ready without its state")
        time.sleep(1)
    log = market.service.output()
    expect("changelog" in log and "replay" in log, f"no sentence names the topic and the way back: {log[-800:]}")
    market.stop_service()
    until(lambda: market.cli("replay", "new-generation", "--application-id", "offerflow", "--new-application-id",
                             "offerflow-2", "--execute").returncode == 0, 60,
          "no new generation, although the session of the service has ended")
    market.start("application.id=offerflow-2")
    found = market.outcome(market.create("contoso/kept-0"))
    expect(found["reason"] == "OFFER_EXISTS", f"{found['result']} {found['reason']}")


@separate
def C3_more_partitions_are_noticed(market):
    market.start()
    market.program.tell("add-partition offer-commands")
    until(lambda: not market.ready(), 60, "it is ready on topics of different counts")
    until(lambda: "offer-commands" in market.service.output(), 30, "no sentence names the topic")


@separate
def C4_health_is_progress(market):
    market.start()
    market.program.tell("stop-registry")
    for partition in (0, 1):
        at = market.send("contoso/unknown", b"\x00\x00\x01\x86\x9f0123456789", partition=partition)
    until(lambda: not market.ready(), 40, "it is ready although no task makes progress")
    metrics = market.get("/metrics")[1]
    expect(re.search(r"^offerflow_ready(\{[^}]*\})? 0", metrics, re.M), "the metric says that it is ready")
    market.program.tell("start-registry")
    until(market.ready, 120, "it is not ready again")
    market.quarantined(at, seconds=90)


@separate
def C5_inputs_that_retention_deletes_are_told(market):
    market.start()
    market.outcome(market.create("contoso/a"))
    market.stop_service()
    for offer in range(8):
        market.create(f"contoso/lost-{offer}")
    market.program.tell("delete-records offer-commands")
    market.create("contoso/after")
    market.start(ready=False)
    until(lambda: re.search(r"offer-commands-\d.*(lost|missing|gap|deleted|skipped|never)",
                            market.service.output()), 90, "no line of the log says that inputs are missing")


@separate
def C6_an_event_has_one_id_for_ever(market):
    market.start()
    for offer in range(4):
        market.outcome(market.create(f"contoso/first-{offer}"))
    market.stop_service()
    market.program.tell("make-again offer-commands")
    commands = [market.create(f"contoso/second-{offer}") for offer in range(4)]
    market.start(ready=False)
    for command in commands:
        market.outcome(command, 90)
    ids = [dict(headers)["ce_id"] for _, headers, _ in market.records("command-outcomes")]
    expect(len(ids) == len(set(ids)), f"{len(ids) - len(set(ids))} ids name two events")


@separate
def C7_an_input_of_a_topic_made_again_can_be_put_back(market):
    market.start()
    wrong = partition_of_others(market, "contoso/first")
    market.quarantined(wrong)
    source = f"offer-commands-{wrong[0]}@{wrong[1]}"
    retry = ["quarantine", "retry", "--source", source, "--execute"]
    expect("1 of 1 were put back" in market.cli(*retry).stderr, "the first record is not put back")
    market.stop_service()
    market.program.tell("make-again offer-commands")
    again = partition_of_others(market, next(offer for offer in map("contoso/second-{}".format, range(99))
                                             if partition(offer) == partition("contoso/first")))
    expect(again == wrong, f"it is at {again}")
    market.start(ready=False)
    until(lambda: sum(value["source"]["offset"] == again[1] and value["source"]["topic"] == "offer-commands"
                      for _, _, value in market.records("quarantine")) == 2, 90,
          "the second record is not in quarantine")
    run = market.cli(*retry)
    expect("\tput back\t" in run.stdout, run.stdout + run.stderr)


def partition_of_others(market, offer):
    """Sends a command to the partition where it does not belong, and returns where."""
    _, value = market.value(offer, "CreateOffer", {"offerType": "SAAS", "alias": "Wrong"})
    right = partition(offer)
    return market.send(offer, value, partition=1 - right)


def partition(key):
    """The partition of a key among two, by Kafka's murmur2."""
    data, mask, factor = key.encode(), 0xFFFFFFFF, 0x5bd1e995
    found = 0x9747b28c ^ len(data)
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        part = int.from_bytes(data[at:at + 4], "little") * factor & mask
        part = (part ^ part >> 24) * factor & mask
        found = found * factor & mask ^ part
    rest = data[whole:]
    if rest:
        found = (found ^ int.from_bytes(rest, "little")) * factor & mask
    found = (found ^ found >> 13) * factor & mask
    return (found ^ found >> 15) % 2 & 0x7FFFFFFF


@separate
def C14_limits_are_those_of_the_service(market):
    market.start("limit.audience-label=2000")
    market.outcome(market.create("contoso/limits"))
    run = market.cli("plan", "create", "contoso/limits", "pilot", "--name", "Pilot", "--visibility", "private",
                     "--wait")
    expect(run.returncode == 0, run.stdout + run.stderr)
    label = file("label.csv", f"{HEADER}{MEMBER},{'x' * 1001},TenantID\n")
    run = market.cli("audience", "import", "contoso/limits", "pilot", label, "--yes", "--wait")
    expect(run.returncode == 0, run.stdout + run.stderr)
    run = market.cli("audience", "import", "contoso/limits", "pilot",
                     file("label.csv", f"{HEADER}{MEMBER},{'x' * 2001},TenantID\n"), "--yes", "--wait")
    expect(run.returncode == 3 and "2,000" in run.stdout, run.stdout + run.stderr)


@separate
def C17_settings_of_a_topic_are_watched(market):
    market.start()
    market.program.tell("set offer-commands message.timestamp.type CreateTime")
    until(lambda: not market.ready(), 60, "it is ready although publishers decide about the time")
    until(lambda: "offer-commands" in market.service.output(), 30, "no sentence names the topic")


@separate
def C20_decisions_do_not_depend_on_the_locale_of_java(market):
    market.start(environment={"JDK_JAVA_OPTIONS": "-Duser.language=ar -Duser.country=EG"})
    found = market.outcome(market.create("contoso/arabic", "x" * 1_234))
    sentences = [found["detail"] or ""] + [value["detail"] or "" for _, _, value in market.records("offer-journal")]
    expect(found["result"] == "REJECTED" and any("1" in sentence for sentence in sentences), found)
    for sentence in sentences:
        expect(sentence.isascii(), f"digits of the locale: {sentence}")


def run(case, market):
    began = time.monotonic()
    try:
        case(market)
        failure = None
    except Exception as wrong:  # any failure is one of this case
        failure = str(wrong) if isinstance(wrong, Wrong) else traceback.format_exc()
    print(f"{'FAILED' if failure else 'ok    '}  {case.__name__.replace('_', ' ')}  ({time.monotonic() - began:.0f} s)")
    if failure:
        print("        " + "\n        ".join(failure.strip().splitlines()[-12:])[:1500])
    sys.stdout.flush()
    return failure is None


def main(chosen):
    wanted = [case for case in ON_UP + SEPARATE if not chosen or case.__name__.split("_")[0] in chosen]
    if chosen and len(wanted) != len(set(chosen)):
        sys.exit(f"Expected names of cases, such as C1, but got {' '.join(chosen)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    good = []
    shared = None
    try:
        for case in wanted:
            if case in ON_UP:
                shared = shared or Up()
                good.append(run(case, shared))
                continue
            if shared:
                shared.stop()
                shared = None
            market = Separate()
            try:
                good.append(run(case, market))
            finally:
                market.stop()
    finally:
        if shared:
            shared.stop()
    print(f"{sum(good)} of {len(good)} cases are right.")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
