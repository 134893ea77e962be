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
 * The outcomes of the last commands of an offer, so that a command id has no second effect (V31, B40).
 *
 * <p>Packed, because it is written with every command: 18 bytes per outcome, oldest first: 8 for a hash of the id, 4
 * for the digest of the content, 1 for the result, 1 for the code of the reason (0 for none), 4 for the draft version.
 * The number of outcomes is limited, not their age.
 */
public final class RecentCommands {

    /** Number of outcomes that are kept for publishers and support. */
    public static final int COMMANDS = 16;
    /** Number of outcomes that are kept for the pipeline. */
    public static final int STEPS = 4;
    /** Number of outcomes that are kept per customer and plan. */
    public static final int CUSTOMER = 4;
    public static final RecentCommands EMPTY = new RecentCommands(new byte[0]);

    static final int ENTRY_BYTES = 18;

    /** The outcome of a command, with the digest of its content. */
    public record RecentCommand(int digest, OriginalOutcome answer) {
    }

    private final byte[] packed;

    private RecentCommands(byte[] packed) {
        this.packed = packed;
    }

    /** Reads the stored format that {@link #packed} returns. */
    public static RecentCommands of(ByteBuffer packed) {
        byte[] bytes = new byte[packed.remaining()];
        packed.duplicate().get(bytes);
        if (bytes.length % ENTRY_BYTES != 0) {
            throw new IllegalArgumentException(
                    RootLocaleText.format("%d bytes are not a whole number of outcomes", bytes.length));
        }
        return bytes.length == 0 ? EMPTY : new RecentCommands(bytes);
    }

    /** The stored format. */
    public ByteBuffer packed() {
        return ByteBuffer.wrap(packed).asReadOnlyBuffer();
    }

    /** The command with this id, if it is among the last ones. */
    public Optional<RecentCommand> find(String commandId) {
        if (packed.length == 0) {
            return Optional.empty();
        }
        long hash = hash(commandId);
        ByteBuffer entry = ByteBuffer.wrap(packed);
        for (int at = packed.length - ENTRY_BYTES; at >= 0; at -= ENTRY_BYTES) {
            if (entry.position(at).getLong() == hash) {
                int digest = entry.getInt();
                OutcomeResult result = OutcomeResult.values()[entry.get()];
                byte code = entry.get();
                Optional<Reason> reason = code == 0 ? Optional.empty() : Optional.of(Reason.ofCode(code));
                return Optional.of(new RecentCommand(digest,
                        new OriginalOutcome(result, reason, Integer.toUnsignedLong(entry.getInt()))));
            }
        }
        return Optional.empty();
    }

    /** With one more outcome, and without the oldest one beyond {@code limit}. */
    public RecentCommands remember(CommandEnvelope envelope, OriginalOutcome outcome, int limit) {
        int drop = Math.max(0, packed.length - (limit - 1) * ENTRY_BYTES);
        ByteBuffer grown = ByteBuffer.allocate(packed.length - drop + ENTRY_BYTES);
        grown.put(packed, drop, packed.length - drop);
        grown.putLong(hash(envelope.commandId())).putInt(envelope.digest());
        grown.put((byte) outcome.result().ordinal())
                .put((byte) outcome.reason().map(Reason::code).orElse(0).intValue());
        grown.putInt((int) outcome.draftVersion());
        return new RecentCommands(grown.array());
    }

    /** Mixes the 128 bits of a UUID of any version to 64; a collision among 16 ids is negligible. */
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
        return RootLocaleText.format("%d outcomes", packed.length / ENTRY_BYTES);
    }
}
