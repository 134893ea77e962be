package io.offerflow.domain;

import io.offerflow.domain.model.Command.AudienceRow;
import io.offerflow.domain.model.Command.ImportAudience;
import io.offerflow.domain.model.Command;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Commands about private audiences, for tests; customers are numbers. */
public final class AudienceCommands {

    private AudienceCommands() {
    }

    /** GUID of a customer. */
    public static String id(int number) {
        return "0b1c2d3e-0000-4000-8000-%012d".formatted(number);
    }

    public static Command.AddAudienceId add(String planId, int number) {
        return add(planId, number, "TENANT");
    }

    static Command.AddAudienceId add(String planId, int number, String type) {
        return new Command.AddAudienceId(planId, id(number), type, Optional.empty());
    }

    static Command.RemoveAudienceId remove(String planId, int number) {
        return new Command.RemoveAudienceId(planId, id(number));
    }

    public static Command.SyncPrivateAudience sync(String... planIds) {
        return new Command.SyncPrivateAudience(List.of(planIds));
    }

    public static Command.AcquirePlan acquire(String planId, int number) {
        return new Command.AcquirePlan(id(number), planId);
    }

    /** An import in one chunk. */
    public static ImportAudience importing(String planId, int... numbers) {
        return chunk(planId, 1, 0, 1, numbers.length, numbers);
    }

    /** A chunk of import number so many. */
    public static ImportAudience chunk(String planId, int importNumber, int index, int chunks, int total,
            int... numbers) {
        return new ImportAudience(planId, new UUID(9, importNumber).toString(), index, chunks, total, Optional.empty(),
                Arrays.stream(numbers).mapToObj(number -> row(number, "TENANT")).toList(), true);
    }

    public static AudienceRow row(int number, String type) {
        return new AudienceRow(id(number), type, Optional.empty(), 0);
    }

    /** The numbers from one to another, both included. */
    public static int[] from(int first, int last) {
        return IntStream.rangeClosed(first, last).toArray();
    }
}
