import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;

/** Runs the sandbox's broker with the topics, for an external registry, until standard input is closed. */
class Broker {
    public static void main(String[] arguments) throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            sandbox.createTopics(4);
            System.out.println("  broker    " + sandbox.bootstrapServers());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
