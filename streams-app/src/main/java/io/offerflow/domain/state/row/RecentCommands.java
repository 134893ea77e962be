package io.offerflow.domain.state.row;

import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision.OriginalOutcome;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RootLocaleText;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The last answers an offer gave, so that the same command id never has a second effect (V31, B40).
 *
 * <p>Packed, because it is written with every command: 18 bytes an answer, oldest first: eight of a hash of the id, four
 * of the content's digest, one of the result, one of the reason's code (0 for none), four of the draft version. The
 * window is by count.
 */
public final class RecentCommands {

    /** Answers to publishers and to support that are remembered. */
    public static final int COMMANDS = 16;
    /** Answers to the pipeline that are remembered. */
    public static final int STEPS = 4;
    /** Answers to each customer about each plan that are remembered. */
    public static final int CUSTOMER = 4;
    public static final RecentCommands EMPTY = new RecentCommands(new byte[0]);

    static final int ENTRY_BYTES = 18;

    /** A remembered answer, with the digest of the content it was given for. */
    public record RecentCommand(int digest, OriginalOutcome answer) {
    }

    private final byte[] packed;

    private RecentCommands(byte[] packed) {
        this.packed = packed;
    }

    /** Reads what {@link #packed} gave. */
    public static RecentCommands of(ByteBuffer packed) {
        byte[] bytes = new byte[packed.remaining()];
        packed.duplicate().get(bytes);
        if (bytes.length % ENTRY_BYTES != 0) {
            throw new IllegalArgumentException(
                    RootLocaleText.format("%d bytes are not a whole number of answers", bytes.length));
        }
        return bytes.length == 0 ? EMPTY : new RecentCommands(bytes);
    }

    /** The stored form. */
    public ByteBuffer packed() {
        return ByteBuffer.wrap(packed).asReadOnlyBuffer();
    }

    /** The answer to an id, if it is among the last ones. */
    public Optional<RecentCommand> find(String commandId) {
        long hash = hash(commandId);
        for (int at = packed.length - ENTRY_BYTES; at >= 0; at -= ENTRY_BYTES) {
            ByteBuffer answer = ByteBuffer.wrap(packed, at, ENTRY_BYTES);
            if (answer.getLong() == hash) {
                int digest = answer.getInt();
                OutcomeResult result = OutcomeResult.values()[answer.get()];
                byte code = answer.get();
                Optional<Reason> reason = code == 0 ? Optional.empty() : Optional.of(Reason.ofCode(code));
                return Optional.of(new RecentCommand(digest,
                        new OriginalOutcome(result, reason, Integer.toUnsignedLong(answer.getInt()))));
            }
        }
        return Optional.empty();
    }

    /** With one more answer, and without the oldest if there would be more than {@code most}. */
    public RecentCommands remember(CommandEnvelope envelope, OriginalOutcome answer, int limit) {
        int drop = Math.max(0, packed.length - (limit - 1) * ENTRY_BYTES);
        ByteBuffer grown = ByteBuffer.allocate(packed.length - drop + ENTRY_BYTES);
        grown.put(packed, drop, packed.length - drop);
        grown.putLong(hash(envelope.commandId())).putInt(envelope.digest());
        grown.put((byte) answer.result().ordinal()).put((byte) answer.reason().map(Reason::code).orElse(0).intValue());
        grown.putInt((int) answer.draftVersion());
        return new RecentCommands(grown.array());
    }

    /** Ids of every UUID version differ somewhere in 128 bits; mixed down to 64, two of sixteen never meet by chance. */
    private static long hash(String commandId) {
        UUID id = UUID.fromString(commandId);
        long mixed = id.getMostSignificantBits() * 0x9E3779B97F4A7C15L + id.getLeastSignificantBits();
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecentCommands recent && Arrays.equals(packed, recent.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return RootLocaleText.format("%d answers", packed.length / ENTRY_BYTES);
    }
}
