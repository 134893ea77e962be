package io.offerflow.replay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionExecutorTest {

    @Test
    void startsTheLongestPartitionFirst() throws InterruptedException {
        ReplayOptions oneAtATime = new ReplayOptions(1, 0, Path.of("never-used"), ReplayProgress.NONE);
        List<Integer> begun = new ArrayList<>();

        List<Integer> done = new PartitionExecutor(new MemoryJournal(List.of()), oneAtATime).execute(
                Stream.of(new OffsetRange(0, 0, 20), new OffsetRange(1, 0, 5), new OffsetRange(2, 0, 300),
                        new OffsetRange(3, 0, 70)).map(ReplayRange::fromBeginning).toList(),
                stretch -> {
                    begun.add(stretch.partition());
                    return stretch.partition();
                });

        assertThat(begun).containsExactly(2, 3, 0, 1);
        assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
}
