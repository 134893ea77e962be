package io.offerflow.replay.journal;

/** Listener for the progress of a replay; called by several threads. */
public interface ReplayProgress {

    /** Ignores progress. */
    ReplayProgress NONE = new ReplayProgress() {
        @Override
        public void expect(long offsets) {
            // ignored
        }

        @Override
        public void advanced(long offsets) {
            // ignored
        }
    };

    /** Adds offsets to the expected total. */
    void expect(long offsets);

    /** Adds offsets to those that were replayed. */
    void advanced(long offsets);
}
