package io.offerflow.cli.up;

import io.offerflow.cli.demo.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The directory of the service's stores: next to the broker's data, or temporary and deleted at the end. */
record StateLocation(Path path, Optional<StateDirectory> temporary) implements AutoCloseable {

    static StateLocation in(Optional<Path> data) throws IOException {
        if (data.isPresent()) {
            return new StateLocation(data.get().resolve("state"), Optional.empty());
        }
        StateDirectory directory = StateDirectory.create();
        return new StateLocation(directory.path(), Optional.of(directory));
    }

    @Override
    public void close() {
        temporary.ifPresent(StateDirectory::close);
    }
}
