package io.offerflow.codec;

import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.row.RowKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What earlier releases stored of one offer: every write to its stores, in order. */
public final class StoredSamples {

    static final Path DIRECTORY = Path.of("src/test/resources/stored");

    /** The offer whose story it is. */
    public static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");
    /** Somebody who bought plan basic. */
    public static final String CUSTOMER = "0b1c2d3e-0000-4000-8000-0000000000c1";

    /**
     * One write.
     *
     * @param name kind and name of the row, or of the offer's facts
     */
    public record Sample(String name, byte[] bytes) {

        /** Whether it is the offer's facts. */
        public boolean isFacts() {
            return rowKey(name).isEmpty();
        }

        /** Its key in its store. */
        public byte[] storeKey() {
            byte[] offer = StateCodec.key(OFFER);
            return rowKey(name).map(row -> StateCodec.key(offer, row)).orElse(offer);
        }
    }

    private StoredSamples() {
    }

    /** Every release of which samples are kept. */
    public static Stream<String> releases() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".bytes"))
                    .map(name -> name.substring(0, name.length() - ".bytes".length())).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The writes that a release made. */
    public static List<Sample> of(String release) {
        try {
            return Files.readAllLines(DIRECTORY.resolve(release + ".bytes")).stream().map(line -> line.split(" "))
                    .map(parts -> new Sample(parts[0], Base64.getDecoder().decode(parts[1]))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which row a name means; nothing for the offer's facts. */
    static Optional<RowKey> rowKey(String name) {
        String[] key = name.split("/");
        return switch (key[0]) {
            case "offer" -> Optional.empty();
            case "section" -> Optional.of(new RowKey.SectionKey(SectionId.valueOf(key[1]), Long.parseLong(key[2])));
            case "plan" -> Optional.of(new RowKey.PlanKey(key[1], Long.parseLong(key[2])));
            case "sales" -> Optional.of(new RowKey.PlanSalesKey());
            case "ended" -> Optional.of(new RowKey.EndedEpochKey(Optional.of(key[1]).filter(id -> !id.equals("-")),
                    Long.parseLong(key[2])));
            case "customer" -> Optional.of(new RowKey.CustomerKey(key[1], key[2]));
            case "audiences" -> Optional.of(new RowKey.AudienceIndexKey());
            case "member" -> Optional.of(new RowKey.AudienceMemberKey(key[1], Long.parseLong(key[2]), key[3]));
            case "prices" -> Optional.of(new RowKey.PriceKey(key[1]));
            case "texts" -> Optional.of(new RowKey.SubmissionNotesKey(Long.parseLong(key[1])));
            default -> throw new IllegalArgumentException(name);
        };
    }
}
