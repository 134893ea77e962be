import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;

/** The sandbox's broker with the topics, for a registry that runs elsewhere; ends with its standard input. */
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
