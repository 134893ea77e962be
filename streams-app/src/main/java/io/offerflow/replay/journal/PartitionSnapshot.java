package io.offerflow.replay.journal;

import java.nio.file.Path;
import java.util.List;

/** The state of one partition at a position of the journal, in files. */
public interface PartitionSnapshot {

    /** Name of the snapshot that it is a part of. */
    String name();

    /** The position of the state. */
    FoldPosition position();

    /** Number of offers in the state. */
    long offers();

    /**
     * Copies the files to a folder, sorted by key, in the form of the state on disk of a fold.
     *
     * @return the copies; none if the state is empty
     * @throws ReplayPreconditionException if a file is missing or damaged
     */
    List<Path> copyTo(Path folder);
}
