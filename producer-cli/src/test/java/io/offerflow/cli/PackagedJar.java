package io.offerflow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar that was made of several, looked at beside them. */
final class PackagedJar implements AutoCloseable {

    private static final String SERVICES = "META-INF/services/";
    private static final String VERSION_OF_KAFKA = "kafka/kafka-version.properties";
    /** Belongs to a jar as such, or to modules: without meaning in a jar made of several. */
    private static final Predicate<String> OF_THE_JAR = Pattern.compile("(META-INF/versions/\\d+/)?module-info\\.class"
            + "|META-INF/[^/]+\\.(SF|DSA|RSA|EC)|META-INF/(INDEX\\.LIST|MANIFEST\\.MF)").asMatchPredicate();
    private static final Predicate<String> TEXT =
            Pattern.compile("(META-INF/)?(LICENSE|NOTICE)[^/]*|META-INF/DEPENDENCIES").asMatchPredicate();

    private final ZipFile jar;

    PackagedJar(Path file) throws IOException {
        jar = new ZipFile(file.toFile());
    }

    /** What lies elsewhere is not compared here: services are merged, and licences are kept apart by library. */
    List<String> entriesThatLackOrDiffer(List<Path> parts) {
        return lacking(parts, name -> !OF_THE_JAR.test(name) && !TEXT.test(name) && !name.startsWith(SERVICES),
                (part, entry) -> entry.getName().equals(VERSION_OF_KAFKA)
                        ? lines(jar, VERSION_OF_KAFKA).equals(lines(part, VERSION_OF_KAFKA))
                        : same(entry, entry.getName()));
    }

    /** Licences and notices of the libraries that are not in the folder of that library. */
    List<String> textsThatLack(List<Path> parts) {
        return lacking(parts, TEXT, (part, entry) -> {
            String library = Path.of(part.getName()).getFileName().toString().replaceFirst("\\.jar$", "");
            return same(entry, "META-INF/third-party/" + library + "/" + entry.getName());
        });
    }

    /** Each service with its providers. */
    SortedMap<String, SortedSet<String>> services() {
        return servicesOf(jar);
    }

    static SortedMap<String, SortedSet<String>> servicesOf(List<Path> parts) throws IOException {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        for (Path part : parts) {
            try (ZipFile library = new ZipFile(part.toFile())) {
                servicesOf(library).forEach((service, providers) ->
                        all.computeIfAbsent(service, one -> new TreeSet<>()).addAll(providers));
            }
        }
        return all;
    }

    String attribute(String name) throws IOException {
        try (InputStream bytes = jar.getInputStream(jar.getEntry("META-INF/MANIFEST.MF"))) {
            return new Manifest(bytes).getMainAttributes().getValue(name);
        }
    }

    boolean sameAs(String name, Path file) throws IOException {
        return Arrays.equals(bytes(jar, name), Files.readAllBytes(file));
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }

    private static SortedMap<String, SortedSet<String>> servicesOf(ZipFile library) {
        return library.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName)
                .filter(name -> name.startsWith(SERVICES))
                .collect(Collectors.toMap(name -> name, name -> lines(library, name), (one, other) -> other,
                        TreeMap::new));
    }

    private static List<String> lacking(List<Path> parts, Predicate<String> asked,
            BiPredicate<ZipFile, ZipEntry> there) {
        List<String> lacking = new ArrayList<>();
        for (Path part : parts) {
            try (ZipFile library = new ZipFile(part.toFile())) {
                library.stream().filter(entry -> !entry.isDirectory() && asked.test(entry.getName()))
                        .filter(entry -> !there.test(library, entry))
                        .forEach(entry -> lacking.add(part.getFileName() + ": " + entry.getName()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lacking;
    }

    private boolean same(ZipEntry entry, String name) {
        return Optional.ofNullable(jar.getEntry(name))
                .filter(ours -> ours.getSize() == entry.getSize() && ours.getCrc() == entry.getCrc()).isPresent();
    }

    /** What a file of lines says, in any order and without comments. */
    private static SortedSet<String> lines(ZipFile in, String name) {
        return new String(bytes(in, name), StandardCharsets.UTF_8).lines().map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static byte[] bytes(ZipFile in, String name) {
        try (InputStream bytes = in.getInputStream(in.getEntry(name))) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
