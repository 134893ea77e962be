package io.offerflow.topology;

import io.offerflow.contract.Topic;
import java.util.Arrays;
import java.util.List;

/** All names in the topology. They are public: a change of one loses state or breaks a deployment (VERSIONING.md). */
final class TopologyNames {

    static final String DECIDE = "decide-offers";

    static final String OFFERS = "offers";
    static final String CONTENTS = "contents";
    static final String TIMERS = "timers";
    static final String POSITIONS = "positions";

    private TopologyNames() {
    }

    static String source(Topic topic) {
        return "read-" + topic.topicName();
    }

    static String sink(Topic topic) {
        return "write-" + topic.topicName();
    }

    static String[] sources() {
        return Topic.inputs().stream().map(TopologyNames::source).toArray(String[]::new);
    }

    static List<String> stores() {
        return Arrays.asList(OFFERS, CONTENTS, TIMERS, POSITIONS);
    }
}
