import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** Runs a broker and a registry without the service, and does to them what an operator or a fault may do. */
class Cluster {

    public static void main(String[] arguments) throws Exception {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary());
                Admin admin = Admin.create(Map.of("bootstrap.servers", sandbox.bootstrapServers()))) {
            sandbox.createTopics(2);
            System.out.println("  broker    " + sandbox.bootstrapServers());
            System.out.println("  registry  " + sandbox.registryUrl());
            Scanner lines = new Scanner(System.in);
            while (lines.hasNextLine()) {
                String[] words = lines.nextLine().split(" ");
                act(sandbox, admin, words);
                System.out.println("done " + String.join(" ", words));
            }
        }
    }

    private static void act(Sandbox sandbox, Admin admin, String[] words) throws Exception {
        switch (words[0]) {
            case "stop-registry" -> sandbox.stopRegistry();
            case "start-registry" -> sandbox.startRegistry();
            case "add-partition" -> admin.createPartitions(Map.of(words[1],
                    NewPartitions.increaseTo(partitions(admin, words[1]) + 1))).all().get();
            case "delete-changelogs" -> admin.deleteTopics(admin.listTopics().names().get().stream()
                    .filter(name -> name.endsWith("-changelog")).collect(Collectors.toList())).all().get();
            case "delete-records" -> deleteRecords(admin, words[1]);
            case "make-again" -> makeAgain(admin, words[1]);
            case "set" -> admin.incrementalAlterConfigs(Map.of(topic(words[1]), List.of(new AlterConfigOp(
                    new ConfigEntry(words[2], words[3]), AlterConfigOp.OpType.SET)))).all().get();
            default -> throw new IllegalArgumentException(Arrays.toString(words));
        }
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static void deleteRecords(Admin admin, String topic) throws Exception {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions(admin, topic); partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
        admin.listOffsets(all.stream().collect(Collectors.toMap(Function.identity(), any -> OffsetSpec.latest()))).all()
                .get().forEach((partition, end) -> deleted.put(partition, RecordsToDelete.beforeOffset(end.offset())));
        admin.deleteRecords(deleted).all().get();
    }

    /** Deletes a topic and creates it with the same partitions and settings. */
    private static void makeAgain(Admin admin, String topic) throws Exception {
        int partitions = partitions(admin, topic);
        Map<String, String> settings = admin.describeConfigs(List.of(topic(topic))).all().get().get(topic(topic))
                .entries().stream().filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        admin.deleteTopics(List.of(topic)).all().get();
        while (admin.listTopics().names().get().contains(topic)) {
            Thread.sleep(100);
        }
        admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(settings))).all().get();
    }
}
