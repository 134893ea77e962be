package io.offerflow.faults.corruption;

import static io.offerflow.faults.corruption.DamagedFile.CONTENTS_TABLE;
import static io.offerflow.faults.corruption.DamagedFile.JOURNAL;
import static io.offerflow.faults.corruption.DamagedFile.OFFERS_CHANGELOG;
import static io.offerflow.faults.corruption.DamagedFile.OFFERS_TABLE;
import static io.offerflow.faults.corruption.DamagedFile.POSITIONS_CHANGELOG;
import static io.offerflow.faults.corruption.DamagedFile.POSITIONS_TABLE;
import static io.offerflow.faults.corruption.DamagedFile.PROCESS_ID;
import static io.offerflow.faults.corruption.DamagedFile.REGISTRY;
import static io.offerflow.faults.corruption.DamagedFile.STORE_CURRENT;
import static io.offerflow.faults.corruption.DamagedFile.STORE_MANIFEST;
import static io.offerflow.faults.corruption.DamagedFile.TIMERS_TABLE;
import static io.offerflow.faults.corruption.FileChange.CUT_TAIL;
import static io.offerflow.faults.corruption.FileChange.FLIP_HEAD;
import static io.offerflow.faults.corruption.FileChange.FLIP_MIDDLE;
import static io.offerflow.faults.corruption.FileChange.FLIP_TAIL;

import java.util.ArrayList;
import java.util.List;

/**
 * One change to one file.
 *
 * @param before how the processes ended before the change
 */
public record CorruptionCase(DamagedFile file, FileChange change, Before before) {

    /** What happened before the change. */
    public enum Before {

        STOPPED("clean stop"),
        /** A service whose stores are not transactional would make them again after a kill, whatever is in them. */
        KILLED("kill -9, transactional stores"),
        WIPED("clean stop, state directory lost");

        private final String sentence;

        Before(String sentence) {
            this.sentence = sentence;
        }

        /** In words. */
        public String sentence() {
            return sentence;
        }
    }

    /** All cases. */
    static List<CorruptionCase> all() {
        List<CorruptionCase> cases = new ArrayList<>();
        add(cases, Before.STOPPED, OFFERS_TABLE, FLIP_HEAD, FLIP_MIDDLE, FLIP_TAIL, CUT_TAIL);
        add(cases, Before.STOPPED, CONTENTS_TABLE, FLIP_MIDDLE);
        add(cases, Before.STOPPED, TIMERS_TABLE, FLIP_HEAD);
        add(cases, Before.STOPPED, POSITIONS_TABLE, FLIP_HEAD);
        add(cases, Before.STOPPED, STORE_MANIFEST, FLIP_MIDDLE, CUT_TAIL);
        add(cases, Before.STOPPED, STORE_CURRENT, FLIP_MIDDLE, CUT_TAIL);
        add(cases, Before.STOPPED, PROCESS_ID, FLIP_MIDDLE, CUT_TAIL);
        add(cases, Before.KILLED, OFFERS_TABLE, FLIP_MIDDLE, CUT_TAIL);
        add(cases, Before.KILLED, STORE_MANIFEST, FLIP_TAIL, CUT_TAIL);
        add(cases, Before.STOPPED, OFFERS_CHANGELOG, FLIP_MIDDLE, CUT_TAIL);
        add(cases, Before.WIPED, OFFERS_CHANGELOG, FLIP_HEAD, FLIP_TAIL, CUT_TAIL);
        add(cases, Before.KILLED, OFFERS_CHANGELOG, FLIP_TAIL, CUT_TAIL);
        add(cases, Before.WIPED, POSITIONS_CHANGELOG, CUT_TAIL);
        add(cases, Before.STOPPED, JOURNAL, FLIP_HEAD, FLIP_MIDDLE, FLIP_TAIL, CUT_TAIL);
        add(cases, Before.KILLED, JOURNAL, FLIP_TAIL, CUT_TAIL);
        add(cases, Before.STOPPED, REGISTRY, FLIP_HEAD, FLIP_MIDDLE, FLIP_TAIL, CUT_TAIL);
        return cases;
    }

    private static void add(List<CorruptionCase> cases, Before before, DamagedFile file, FileChange... changes) {
        for (FileChange change : changes) {
            cases.add(new CorruptionCase(file, change, before));
        }
    }
}
