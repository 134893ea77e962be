package io.offerflow.faults.cluster;

import io.offerflow.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that ends all processes of a run, also stopped ones, and removes its folder as soon as this process has
 * ended: by itself, by a signal, or by kill -9.
 */
final class Guardian implements AutoCloseable {

    /** Kills what still has the folder in its command line, since ids of processes may be used again. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            while read -r pid; do pids="$pids $pid"; done
            for pid in $pids; do
              if tr '\\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -qF -- "$1"; then kill -9 "$pid"; fi
            done
            sleep 0.2
            grep -F " $1/" /proc/mounts | cut -d ' ' -f 2 | while read -r mount; do umount -l "$mount"; done
            rm -rf -- "$1"
            """;

    private final Process shell;
    private final Writer pids;

    Guardian(Path folder) {
        try {
            shell = new ProcessBuilder(List.of("/bin/sh", "-c", SCRIPT, "guardian", folder.toString()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start /bin/sh", e);
        }
        pids = shell.outputWriter();
    }

    /** Ends this process, too, at the end. */
    void watch(ChildJvm jvm) {
        try {
            synchronized (pids) {
                pids.write(jvm.handle().pid() + "\n");
                pids.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the shell that removes the processes of a run has ended", e);
        }
    }

    /** Ends the processes and removes the folder. */
    @Override
    public void close() {
        try {
            pids.close();
        } catch (IOException alreadyGone) {
            // it has done its work
        }
        shell.onExit().join();
    }
}
