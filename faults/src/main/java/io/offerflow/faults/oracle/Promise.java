package io.offerflow.faults.oracle;

/** What the service promises, and an oracle checks. */
public enum Promise {

    ONE_ANSWER("Each acknowledged input is in its topic, and each input has one outcome or one quarantine record.",
            "replication with acknowledgement by all in-sync replicas; one transaction for an input's offset and its "
                    + "outputs", "OneAnswer"),
    ONE_ENTRY("Each input has one journal entry with its bytes, and the numbers of entries have no hole.",
            "the same transaction; the position of a task is part of its state, and is compared with the journal at "
                    + "each start", "OneEntry"),
    OUTPUTS_FOLLOW("Every output record is the projection of its journal entry, byte for byte.",
            "projections that are functions of the entry alone; the same transaction", "OutputsFollow"),
    STATE_IS_FOLD("The stores and the newest status rows are the fold of the journal.",
            "one function that changes state; changelogs in the same transaction; a store that may have more than was "
                    + "committed is made again from its changelog",
            "StateIsFold"),
    ORDER("Inputs are taken in their order, offers' clocks never run back, outputs are in the order of the journal.",
            "one task per partition; fencing of a former owner; clocks that are part of the state", "OrderKept"),
    NOTHING_ABORTED("A reader saw each committed record once, in order, and no other; no event id occurs twice.",
            "transactions and `isolation.level=read_committed`", "NothingAborted"),
    DUPLICATES("A command id that is remembered is answered as a duplicate, with the first answer.",
            "ids in the header row of an offer, in the same transaction", "DuplicatesAnswered"),
    RULES("An independent model of the rules decides every input in the same way.",
            "decisions that depend on state, input and the offer's clock alone", "RulesAgain"),
    GATEWAY("A client that repeats a request with its key until it is answered has one effect, and the answer of the "
            + "topic.",
            "the key is the command id, which the offer remembers; a gateway answers with committed outcomes only",
            "GatewayAnswers"),
    WEBHOOKS("Each committed event reaches the receiver, and those of an offer arrive in their order, repetitions "
            + "apart.",
            "deliveries and offsets that are committed in one transaction after the answer; one delivery of an offer "
                    + "at a time", "WebhooksInOrder");

    private final String sentence;
    private final String foundation;
    private final String oracle;

    Promise(String sentence, String foundation, String oracle) {
        this.sentence = sentence;
        this.foundation = foundation;
        this.oracle = oracle;
    }

    /** The promise in one sentence. */
    public String sentence() {
        return sentence;
    }

    /** What it rests on, in a phrase. */
    public String foundation() {
        return foundation;
    }

    /** The class that checks it. */
    public String oracle() {
        return oracle;
    }
}
