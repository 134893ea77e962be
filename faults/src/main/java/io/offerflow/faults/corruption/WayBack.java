package io.offerflow.faults.corruption;

/** What an operator does if the service does not go on by itself. */
public enum WayBack {

    NONE("none needed: the service makes the store again from its changelog"),
    STATE_WIPED("delete `state.dir` and start again"),
    NEW_GENERATION("`replay new-generation`, start with the new `application.id`"),
    RESTORED_SEGMENT("restore the partition from a replica or a copy, start again"),
    RESTORED_FILE("restore the file from its copy, start again");

    private final String sentence;

    WayBack(String sentence) {
        this.sentence = sentence;
    }

    /** The way in words. */
    public String sentence() {
        return sentence;
    }
}
