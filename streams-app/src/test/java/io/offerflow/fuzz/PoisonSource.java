package io.offerflow.fuzz;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.fuzz.FuzzedInput.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Draws from {@link PoisonKinds}; the schemas of all kinds are registered once for all traces. */
final class PoisonSource {

    private final ForeignSchemas schemas;
    private final AvroEncoder encoder;
    private final List<PoisonKinds.Kind> kinds;

    PoisonSource(SchemaRegistry registry) {
        this.schemas = new ForeignSchemas(registry);
        this.encoder = new AvroEncoder(schemas, Topic.inputs());
        this.kinds = PoisonKinds.all(schemas);
    }

    AvroEncoder encoder() {
        return encoder;
    }

    /** The id of the schema of this release. */
    int id(Topic topic) {
        return schemas.register(topic.subject(), topic.schema());
    }

    /** A poison of any kind; few of those with megabytes. */
    FuzzedInput next(Random random, Instant appendedAt) {
        PoisonKinds.Kind kind = kinds.get(random.nextInt(kinds.size()));
        while (kind.huge() && random.nextInt(80) > 0) {
            kind = kinds.get(random.nextInt(kinds.size()));
        }
        Topic topic = kind.topics().get(random.nextInt(kind.topics().size()));
        Poison poison = kind.maker().of(good(random, topic, 0));
        if (poison.shift() != 0) {
            poison = kind.maker().of(good(random, topic, FuzzedTask.PARTITIONS - poison.shift()));
        }
        return new FuzzedInput(topic, poison.key(), poison.value(), poison.headers(), appendedAt, Kind.POISON,
                Optional.of(kind));
    }

    private GoodInput good(Random random, Topic topic, int partition) {
        return GoodInput.of(topic, random.nextInt(100), partition, FuzzedTask.PARTITIONS, encoder);
    }
}
