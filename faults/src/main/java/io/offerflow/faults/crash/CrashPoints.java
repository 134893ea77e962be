package io.offerflow.faults.crash;

import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Ends the process of a task before each effect of each transaction (read of a store, write, forward, commit), recovers
 * as Kafka Streams does, and compares what the transaction writes then with what it writes without a crash.
 */
public final class CrashPoints {

    private static final int MOST_STEPS_IN_A_TRANSACTION = 2;

    /** The result of a seed. */
    public record Result(long crashPoints, long transactions, Optional<String> violation) {
    }

    private final Random random;
    private final Script script;
    private final TaskInMemory task;
    private final Consumer<TransactionalStore> restore;
    private long crashPoints;

    private CrashPoints(long seed, Consumer<TransactionalStore> restore) {
        SchemaRegistry registry = new InMemoryRegistry();
        this.random = new Random(seed);
        this.script = new Script(seed, registry);
        this.task = new TaskInMemory(registry, script.wallClock());
        this.restore = restore;
    }

    /** Crashes in every place of the first transactions of a seed. */
    public static Result run(long seed, int transactions) {
        return run(seed, transactions, TransactionalStore::abort);
    }

    /** @param restore what becomes of a store whose transaction was aborted */
    static Result run(long seed, int transactions, Consumer<TransactionalStore> restore) {
        CrashPoints run = new CrashPoints(seed, restore);
        for (int number = 0; number < transactions; number++) {
            Optional<String> violation = run.transaction();
            if (violation.isPresent()) {
                return new Result(run.crashPoints, number, violation.map("transaction %d: "
                        .formatted(number)::concat));
            }
        }
        return new Result(run.crashPoints, transactions, Optional.empty());
    }

    private Optional<String> transaction() {
        List<Step> steps = new ArrayList<>();
        for (int number = random.nextInt(MOST_STEPS_IN_A_TRANSACTION); number >= 0; number--) {
            steps.add(script.next());
        }
        task.effects().restart();
        steps.forEach(task::take);
        long effects = task.effects().count();
        TransactionWrites expected = TransactionWrites.of(task);
        for (long before = 0; before <= effects; before++) {
            Optional<String> violation = crash(steps, before, effects, expected);
            if (violation.isPresent()) {
                return violation;
            }
        }
        task.commit();
        if (random.nextBoolean()) { // the process ends after the broker has committed and before it is told
            crashPoints++;
            return recovered();
        }
        return Optional.empty();
    }

    /** A crash, perhaps one more while the task recovers from it, and the transaction again. */
    private Optional<String> crash(List<Step> steps, long before, long effects, TransactionWrites expected) {
        Optional<String> violation = recovered().or(() -> crashed(steps, before));
        while (violation.isEmpty() && effects > 0 && random.nextInt(4) == 0) {
            violation = recovered().or(() -> crashed(steps, random.nextLong(effects)));
        }
        if (violation.isPresent()) {
            return violation;
        }
        violation = recovered();
        if (violation.isPresent()) {
            return violation;
        }
        steps.forEach(task::take);
        return expected.difference(TransactionWrites.of(task)).map(found ->
                "%s, after a crash before effect %d of %d".formatted(found, before, effects));
    }

    /** Steps up to the end of the process: before an effect, or with all done and nothing committed. */
    private Optional<String> crashed(List<Step> steps, long before) {
        crashPoints++;
        task.effects().restart(before);
        try {
            steps.forEach(task::take);
        } catch (Crash e) {
            return Optional.empty();
        } finally {
            task.effects().restart();
        }
        return Optional.empty();
    }

    /** The open transaction is aborted, the stores are restored, and the task starts again. */
    private Optional<String> recovered() {
        task.effects().restart();
        task.abort(restore);
        try {
            while (random.nextInt(4) == 0) {
                crashPoints++;
                task.crashAtStart(random.nextInt(2));
            }
            if (random.nextInt(64) == 0) {
                task.startProcess();
            } else {
                task.revive();
            }
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }
}
