package io.offerflow.faults.corruption;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;

/** A change to a file. */
public enum FileChange {

    FLIP_HEAD("a bit flipped in the first tenth"),
    FLIP_MIDDLE("a bit flipped in the middle"),
    FLIP_TAIL("a bit flipped in the last tenth"),
    CUT_TAIL("the last part cut off");

    private static final int TENTH = 10;

    private final String sentence;

    FileChange(String sentence) {
        this.sentence = sentence;
    }

    /** The change in words. */
    public String sentence() {
        return sentence;
    }

    /**
     * Changes a file.
     *
     * @return the position of the changed byte, or the new length
     */
    long apply(Path path, Random random) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long length = file.length();
            long tenth = Math.max(1, length / TENTH);
            return switch (this) {
                case FLIP_HEAD -> flip(file, random.nextLong(tenth), random);
                case FLIP_MIDDLE -> flip(file, length / 2 - tenth / 2 + random.nextLong(tenth), random);
                case FLIP_TAIL -> flip(file, length - tenth + random.nextLong(tenth), random);
                case CUT_TAIL -> {
                    file.setLength(length - 1 - random.nextLong(tenth));
                    yield file.length();
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot change " + path, e);
        }
    }

    /** Restores a byte from a copy, as a replica that has the right one; what was appended since stays. */
    static void restore(Path copy, Path path, long position) {
        try (RandomAccessFile from = new RandomAccessFile(copy.toFile(), "r");
                RandomAccessFile to = new RandomAccessFile(path.toFile(), "rw")) {
            from.seek(position);
            to.seek(position);
            to.write(from.read());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore " + path, e);
        }
    }

    private static long flip(RandomAccessFile file, long position, Random random) throws IOException {
        file.seek(position);
        int old = file.read();
        file.seek(position);
        file.write(old ^ 1 << random.nextInt(Byte.SIZE));
        return position;
    }
}
