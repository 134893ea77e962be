package io.offerflow.faults.oracle;

/** What the service promises, and an oracle checks. */
public enum Promise {

    ONE_ANSWER("Each acknowledged input is in its topic, and each input has one outcome or one quarantine record."),
    ONE_ENTRY("Each input has one journal entry with its bytes, and the numbers of entries have no hole."),
    OUTPUTS_FOLLOW("Every output record is the projection of its journal entry, byte for byte."),
    STATE_IS_FOLD("The stores and the newest status rows are the fold of the journal."),
    ORDER("Inputs are taken in their order, offers' clocks never run back, outputs are in the order of the journal."),
    NOTHING_ABORTED("A reader saw each committed record once, in order, and no other; no event id occurs twice."),
    DUPLICATES("A command id that is remembered is answered as a duplicate, with the first answer."),
    RULES("An independent model of the rules decides every input in the same way.");

    private final String sentence;

    Promise(String sentence) {
        this.sentence = sentence;
    }

    /** The promise in one sentence. */
    public String sentence() {
        return sentence;
    }
}
