package io.offerflow.notifier.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A block of addresses, such as {@code 10.0.0.0/8}.
 *
 * @param network the first address
 * @param bits how many bits all its addresses share
 */
record NetworkBlock(InetAddress network, int bits) {

    /**
     * Parses an address or a block.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static NetworkBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            // a name would be looked up
            if (address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                InetAddress network = InetAddress.getByName(address);
                int most = network.getAddress().length * Byte.SIZE;
                int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
                if (bits >= 0 && bits <= most) {
                    return new NetworkBlock(network, bits);
                }
            }
        } catch (UnknownHostException | NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("expected an address or a block such as 10.1.0.0/16, but met \"%s\""
                .formatted(text));
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = bits % Byte.SIZE;
        int mask = 0xFF << (Byte.SIZE - rest) & 0xFF;
        return rest == 0 || (ours[whole] & mask) == (theirs[whole] & mask);
    }
}
