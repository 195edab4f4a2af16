package org.sluice.gateway.upstream;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that no public host has. The JDK's own predicates (isLoopback, isSiteLocal, isLinkLocal) miss most of them, so
 * the bytes are compared with the blocks that are set aside by the IANA special-purpose registries and their neighbours.
 */
final class AddressTable {
    private record Block(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != prefix[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> 8 - rest == 0;
        }
    }

    private static final List<Block> NOT_PUBLIC = blocks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8");
    /** Where clouds hand out a machine's own credentials: denied whatever the operator lists. */
    private static final List<Block> METADATA = blocks("169.254.169.254/32", "169.254.170.2/32", "169.254.170.23/32", "100.100.100.200/32", "168.63.129.16/32",
            "192.0.0.192/32", "fd00:ec2::254/128", "fd00:ec2::23/128", "fd20:ce::254/128");

    private AddressTable() { }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = plain(address);
        return NOT_PUBLIC.stream().noneMatch(block -> block.contains(bytes)) && !isMetadata(address);
    }

    static boolean isMetadata(InetAddress address) {
        byte[] bytes = plain(address);
        return METADATA.stream().anyMatch(block -> block.contains(bytes));
    }

    /** Four bytes where the address is an IPv4 one in whatever dress. */
    private static byte[] plain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address || bytes.length != 16) {
            return bytes;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return bytes;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1 ? new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]} : bytes;
    }

    private static List<Block> blocks(String... texts) {
        return Stream.of(texts).map(AddressTable::block).toList();
    }

    private static Block block(String text) {
        int slash = text.indexOf('/');
        try {
            return new Block(InetAddress.getByName(text.substring(0, slash)).getAddress(), Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(text, impossible); // an address is not looked up
        }
    }
}
