package io.offerflow.replay.journal;

/** Is told how far a replay has come; called by several threads. */
public interface ReplayProgress {

    /** Nobody looks. */
    ReplayProgress NONE = new ReplayProgress() {
        @Override
        public void expect(long offsets) {
            // nobody looks
        }

        @Override
        public void advanced(long offsets) {
            // nobody looks
        }
    };

    /** So many offsets are ahead, beside those expected before. */
    void expect(long offsets);

    /** So many more are done. */
    void advanced(long offsets);
}
