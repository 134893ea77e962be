package io.offerflow.codec;

/**
 * Identity of a journal entry, for ever: the number does not repeat when a topic is deleted and created again, as
 * offsets do.
 *
 * @param partition of the journal
 * @param number of the entry in it
 */
public record EntryId(int partition, long number) {

    private static final char SEPARATOR = '-';

    /** The id of a record that follows from this entry, for the header {@code ce_id}: {@code 3-18231-1}. */
    public String event(int count) {
        return toString() + SEPARATOR + count;
    }

    /** The id of the entry that an event with this id follows from, as text. */
    public static String ofEvent(String eventId) {
        int end = eventId.lastIndexOf(SEPARATOR);
        return end < 0 ? eventId : eventId.substring(0, end);
    }

    /** For headers and messages: {@code 3-18231}. */
    @Override
    public String toString() {
        return Integer.toString(partition) + SEPARATOR + number;
    }
}
