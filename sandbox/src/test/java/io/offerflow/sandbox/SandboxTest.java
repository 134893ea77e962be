package io.offerflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void topicsCanBeCreatedTwiceAndTheBrokerRestarted() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(2);
            sandbox.stopBroker();
            sandbox.startBroker();
            sandbox.createTopics(2);
            assertThat(sandbox.notices()).isEmpty();
        }
    }
}
