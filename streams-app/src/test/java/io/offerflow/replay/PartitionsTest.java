package io.offerflow.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    @Test
    void theLongestPartitionIsBegunFirstSoThatNoneIsLeftAloneAtTheEnd() throws InterruptedException {
        ReplayOptions oneAtATime = new ReplayOptions(1, 0, Path.of("never-used"), Progress.NONE);
        List<Integer> begun = new ArrayList<>();

        List<Integer> done = new Partitions(new MemoryJournal(List.of()), oneAtATime).each(
                List.of(new Stretch(0, 0, 20), new Stretch(1, 0, 5), new Stretch(2, 0, 300), new Stretch(3, 0, 70)),
                stretch -> {
                    begun.add(stretch.partition());
                    return stretch.partition();
                });

        assertThat(begun).containsExactly(2, 3, 0, 1);
        assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
}
