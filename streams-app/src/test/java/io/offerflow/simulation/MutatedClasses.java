package io.offerflow.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The classes of this project, all loaded anew, with one source file compiled from another text. */
final class MutatedClasses extends ClassLoader {

    private static final String OURS = "io.offerflow.";
    private static final List<String> SHARED = List.of("io.offerflow.avro.", "io.offerflow.contract.");

    private final Map<String, byte[]> compiled;

    private MutatedClasses(Map<String, byte[]> compiled) {
        super(MutatedClasses.class.getClassLoader());
        this.compiled = compiled;
    }

    /** Compiles a source text that takes the place of a file. */
    static MutatedClasses with(String file, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> written = new HashMap<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, null)) {
            JavaFileManager inMemory = new ForwardingJavaFileManager<>(files) {
                @Override
                public JavaFileObject getJavaFileForOutput(Location where, String name, JavaFileObject.Kind kind,
                        FileObject beside) {
                    return new Written(name, written.computeIfAbsent(name, unseen -> new ByteArrayOutputStream()));
                }
            };
            boolean fine = compiler.getTask(null, inMemory, diagnostics, List.of("-proc:none", "-nowarn", "-classpath",
                    System.getProperty("java.class.path")), null, List.of(new Text(file, source))).call();
            if (!fine) {
                throw new IllegalStateException("the mistake does not compile: " + diagnostics.getDiagnostics());
            }
        }
        Map<String, byte[]> classes = new HashMap<>();
        written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return new MutatedClasses(classes);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || SHARED.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = compiled.get(name);
        if (bytes != null) {
            return defineClass(name, bytes, 0, bytes.length);
        }
        try (InputStream original = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (original == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] read = original.readAllBytes();
            return defineClass(name, read, 0, read.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String source;

        Text(String file, String source) {
            super(URI.create("string:///io/offerflow/" + file), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return source;
        }
    }

    private static final class Written extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes;

        Written(String name, ByteArrayOutputStream bytes) {
            super(URI.create("bytes:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.bytes = bytes;
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }
}
