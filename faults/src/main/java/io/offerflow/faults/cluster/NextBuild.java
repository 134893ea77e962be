package io.offerflow.faults.cluster;

import io.offerflow.runtime.OfferService;
import io.offerflow.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A copy of the service's jar with another version. */
final class NextBuild {

    private static final String VERSION = "next-build";

    private NextBuild() {
    }

    /** Writes the jar, and returns a class path that begins with it. */
    static String classPath(Path folder) {
        try {
            Path jar = Files.createDirectories(folder).resolve("next.jar");
            Path service = Path.of(OfferService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(service)) {
                copy(service, jar);
            } else {
                try (FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + service.toUri()), Map.of())) {
                    copy(files.getPath("/"), jar);
                }
            }
            return jar + File.pathSeparator + ChildJvm.CLASS_PATH;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a jar of the next build", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, VERSION);
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out,
                manifest); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (!name.startsWith("META-INF/MANIFEST")) {
                    entries.putNextEntry(new ZipEntry(name));
                    Files.copy(file, entries);
                    entries.closeEntry();
                }
            }
        }
    }
}
