package io.offerflow.topology;

import io.offerflow.domain.model.RootLocaleText;

/** What to do about an input in quarantine: one sentence or two for each cause. */
enum Advice {
    SEND_WITH_KEY("Send it again with the key publisherId/offerId of its own fields, in UTF-8."),
    PLAIN_KEY("Write keys as plain text, with a string serializer: only values are Avro. Then send it again."),
    SHORTER_KEY("The key is publisherId/offerId, at most 50 characters each. Send it again with this key."),
    NO_TOMBSTONES("Nothing is deleted by tombstones here: send DeleteDraft, or nothing at all."),
    SEND_LESS("Send less at once; large lists have commands that take them in chunks."),
    PARTITIONER("Partition by murmur2 of the key as Java's clients do; with librdkafka set "
            + "partitioner=murmur2_random. Then send it again."),
    APPEND_TIME("The topic needs message.timestamp.type=LogAppendTime: run offerflow prepare. Then have the record "
            + "retried."),
    REGISTER_SCHEMA("Register the schema at the registry that this service uses, then have the record retried."),
    WRITE_AVRO("Write it in Avro with a schema of subject %s, and send it again."),
    ONE_SCHEMA("Register the schema under subject %s without references to other subjects, and send it again."),
    SUBJECT("Write it with a schema of subject %s and send it again."),
    OTHER_TOPIC("Send it to the topic %s, if the sender may write there; on %s, write with a schema of subject %s."),
    NAMESPACE("Give the type its full name %s, as the newest schema of subject %s has it, and send it again."),
    LOGICAL_TYPE("Take the newest schema of subject %s with its logical types, and send it again."),
    UPGRADE("Upgrade the service first, then have the record retried."),
    UTF_8("Write strings in UTF-8 (not in Latin-1, and without surrogates), and send it again."),
    INSTANT("Send instants in milliseconds since 1970; check the unit at the sender. Then send it again."),
    WHOLE_VALUE("Write one value for each record with the schema that its id names, and send it again."),
    REPORT("Report it, and have the record retried by a release that fixes it.");

    private final String sentence;

    Advice(String sentence) {
        this.sentence = sentence;
    }

    /** The sentence, with the values that it names. */
    String with(Object... values) {
        return RootLocaleText.format(sentence, values);
    }
}
