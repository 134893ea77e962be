"""Brokers, services and clients for the cases. Records are written and read with Confluent's client."""
import io
import json
import os
import signal
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timezone

import avro.io
import avro.schema
import confluent_kafka

HOME = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
WORK = os.path.join(HOME, "checks", "target", "cases")
LAUNCHER = os.path.join(HOME, "offerflow")
JAR = os.path.join(HOME, "producer-cli", "target", "offerflow.jar")
JAVA = os.path.join(os.environ["CASES_JDK"], "bin", "java")


class Wrong(Exception):
    """The behaviour is not right."""


def expect(condition, sentence):
    if not condition:
        raise Wrong(sentence)


def until(question, seconds, sentence):
    """Asks again until the answer is true, and returns it."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer:
            return answer
        expect(time.monotonic() < end, f"{sentence} (waited {seconds} s)")
        time.sleep(0.5)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Program:
    """A process that runs until it is stopped; its output is a file."""

    def __init__(self, name, command, environment=None):
        os.makedirs(WORK, exist_ok=True)
        self.log = os.path.join(WORK, f"{name}-{uuid.uuid4().hex[:6]}.log")
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT,
                                            cwd=WORK, env={**os.environ, **(environment or {})},
                                            start_new_session=True)

    def output(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def line(self, word, seconds=120):
        """The rest of the line that begins with a word."""
        def found():
            expect(self.process.poll() is None or word in self.output(), f"it ended: {self.output()[-800:]}")
            return next((rest[len(word):].strip() for rest in map(str.strip, self.output().splitlines())
                         if rest.startswith(word)), None)
        return until(found, seconds, f"no line begins with {word} in {self.log}")

    def tell(self, words):
        self.process.stdin.write(f"{words}\n".encode())
        self.process.stdin.flush()
        until(lambda: f"done {words}" in self.output().splitlines(), 60, f"not done: {words}; see {self.log}")

    def ended(self):
        return self.process.poll() is not None

    def stop(self, hard=False):
        if not self.ended():
            os.killpg(self.process.pid, signal.SIGKILL if hard else signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()


class Market:
    """A broker, a registry, and perhaps the service."""

    def __init__(self, broker, registry):
        self.broker, self.registry = broker, registry
        self.schemas = {}

    # What clients do

    def ask(self, path, body=None):
        request = urllib.request.Request(self.registry + path, None if body is None else json.dumps(body).encode(),
                                         {"Content-Type": "application/vnd.schemaregistry.v1+json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def newest(self, topic="offer-commands"):
        found = self.ask(f"/subjects/{topic}-value/versions/latest")
        return found["id"], found["schema"]

    def register(self, subject, schema):
        return self.ask(f"/subjects/{subject}/versions", {"schema": schema})["id"]

    def value(self, offer, command, content, schema=None, **envelope):
        """A command in the wire format. The schema is an id and its text."""
        number, text = schema or self.newest()
        publisher, name = offer.split("/", 1)
        record = {"commandId": str(uuid.uuid4()), "publisherId": publisher, "offerId": name, "actor": "cases",
                  "issuedAt": datetime.now(timezone.utc), "expectedVersion": None, "validateOnly": False,
                  "payload": (command, content), **envelope}
        out = io.BytesIO(struct.pack(">bI", 0, number))
        out.seek(0, io.SEEK_END)
        Writer().write_data(avro.schema.parse(text), record, avro.io.BinaryEncoder(out))
        return record["commandId"], out.getvalue()

    def send(self, key, value, topic="offer-commands", partition=None, headers=None, **settings):
        """Writes a record and returns its partition and offset."""
        producer = confluent_kafka.Producer({"bootstrap.servers": self.broker, "partitioner": "murmur2_random",
                                             **settings})
        at = []
        where = {} if partition is None else {"partition": partition}
        producer.produce(topic, key=key, value=value, headers=headers,
                         on_delivery=lambda failure, record: at.append((failure, record)), **where)
        producer.flush(30)
        expect(at and at[0][0] is None, f"the broker did not take the record: {at}")
        return at[0][1].partition(), at[0][1].offset()

    def command(self, offer, command, content, **envelope):
        number, value = self.value(offer, command, content, **envelope)
        self.send(offer, value)
        return number

    def create(self, offer, alias="Case"):
        return self.command(offer, "CreateOffer", {"offerType": "SAAS", "alias": alias})

    def records(self, topic):
        """All committed records of a topic: key, headers, value."""
        consumer = confluent_kafka.Consumer({"bootstrap.servers": self.broker, "group.id": f"cases-{uuid.uuid4()}",
                                             "isolation.level": "read_committed", "enable.partition.eof": True,
                                             "auto.offset.reset": "earliest", "enable.auto.commit": False,
                                             "fetch.message.max.bytes": 20_000_000})
        try:
            partitions = consumer.list_topics(topic, 10).topics[topic].partitions
            consumer.assign([confluent_kafka.TopicPartition(topic, one, confluent_kafka.OFFSET_BEGINNING)
                             for one in partitions])
            found, ended = [], set()
            end = time.monotonic() + 60
            while len(ended) < len(partitions):
                expect(time.monotonic() < end, f"{topic} cannot be read to its end")
                record = consumer.poll(1)
                if record is None:
                    continue
                if record.error():
                    expect(record.error().code() == confluent_kafka.KafkaError._PARTITION_EOF, record.error())
                    ended.add(record.partition())
                else:
                    found.append((record.key(), record.headers() or [], self.decode(record.value())))
            return found
        finally:
            consumer.close()

    def decode(self, value):
        if value is None:
            return None
        number = struct.unpack(">I", value[1:5])[0]
        if number not in self.schemas:
            self.schemas[number] = avro.schema.parse(self.ask(f"/schemas/ids/{number}")["schema"])
        return avro.io.DatumReader(self.schemas[number]).read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))

    def outcome(self, command, seconds=60):
        return until(lambda: next((value for _, _, value in self.records("command-outcomes")
                                   if value["commandId"] == command), None), seconds, "a command has no outcome")

    def quarantined(self, at, topic="offer-commands", seconds=60):
        """The quarantine record of the input at a partition and offset."""
        return until(lambda: next((value for _, _, value in self.records("quarantine")
                                   if value["source"]["topic"] == topic
                                   and (value["source"]["partition"], value["source"]["offset"]) == at), None),
                     seconds, f"{topic}-{at[0]}@{at[1]} is not in quarantine")

    def answered(self, at, seconds=60):
        """The outcome or the quarantine record of an input, whichever it has."""
        def found():
            for topic, field in ("command-outcomes", "cause"), ("quarantine", "source"):
                for _, _, value in self.records(topic):
                    where = value[field]
                    if where["topic"] == "offer-commands" and (where["partition"], where["offset"]) == at:
                        return topic, value
            return None
        return until(found, seconds, f"offer-commands-{at[0]}@{at[1]} has neither an outcome nor a quarantine record")

    def cli(self, *words, environment=None, shell=None):
        """Runs a verb against this market. A shell part, such as `> /dev/full`, follows the words."""
        variables = {**os.environ, "OFFERFLOW_BOOTSTRAP_SERVERS": self.broker, "OFFERFLOW_REGISTRY_URL": self.registry,
                     **(environment or {})}
        command = [LAUNCHER, *words]
        if shell:
            command = ["bash", "-c", '"$@" ' + shell, "bash", *command]
        for _ in range(4):
            run = subprocess.run(command, capture_output=True, env=variables, timeout=180, cwd=WORK, encoding="utf-8")
            # on a busy machine the first answer of a broker may take longer than a verb waits
            if f"No Kafka broker answered at {self.broker}" not in run.stderr:
                break
        return run


class Up(Market):
    """./offerflow up on free ports."""

    def __init__(self):
        self.data = os.path.join(WORK, f"up-{uuid.uuid4().hex[:6]}")
        self.program = Program("up", [LAUNCHER, "up", "--broker-port", "0", "--registry-port", "0", "--http-port", "0",
                                      "--partitions", "2", "--pace", "100", "--data", self.data])
        super().__init__(self.program.line("broker"), self.program.line("registry"))
        self.program.line("Running until", 180)

    def stop(self):
        self.program.stop()


class Separate(Market):
    """A broker and a registry, and the service as a process that can be stopped alone."""

    def __init__(self):
        self.program = Program("cluster", [JAVA, "--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-cp", JAR,
                                           os.path.join(HOME, "checks", "cases", "Cluster.java")])
        super().__init__(self.program.line("broker"), self.program.line("registry"))
        self.state = os.path.join(WORK, f"state-{uuid.uuid4().hex[:6]}")
        self.service = None

    def start(self, *settings, environment=None, ready=True):
        self.port = free_port()
        words = [LAUNCHER, "service"]
        for setting in (f"bootstrap.servers={self.broker}", f"schema.registry.url={self.registry}",
                        f"state.dir={self.state}", f"http.port={self.port}", *settings):
            words += ["--set", setting]
        self.service = Program("service", words, environment)
        if ready:
            until(lambda: self.ready() or self.service.ended(), 120, "the service was not ready")
            expect(not self.service.ended(), f"the service ended: {self.service.output()[-800:]}")

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError as away:
            return 0, str(away)

    def ready(self):
        return self.get("/health/ready")[0] == 200

    def stop_service(self):
        if self.service:
            self.service.stop()

    def stop(self):
        self.stop_service()
        self.program.stop()


class Writer(avro.io.DatumWriter):
    """Writes a branch of a union by its name: (name, record)."""

    def write_union(self, writers_schema, datum, encoder):
        if not isinstance(datum, tuple):
            return super().write_union(writers_schema, datum, encoder)
        name, record = datum
        number = [getattr(branch, "name", "") for branch in writers_schema.schemas].index(name)
        encoder.write_long(number)
        return self.write_data(writers_schema.schemas[number], record, encoder)
