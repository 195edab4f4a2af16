package org.sluice.gateway.journal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one journal directory: {@code <node>-<number>.journal}. Stateless, thread-safe. */
final class SegmentFiles {
    private static final System.Logger LOG = System.getLogger(SegmentFiles.class.getName());
    private final Path directory;
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9_]{1,64})-(\\d{16})\\.journal");
    private final String node;
    private final boolean isPosix;

    /** @param configured name of the node, or null for the one found in the directory */
    SegmentFiles(Path directory, String configured) throws IOException {
        this.directory = directory;
        this.isPosix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        makeDirectory();
        Set<String> nodes = nodes();
        String fresh = Long.toString(new SecureRandom().nextLong() >>> 4, 36);
        this.node = configured != null ? configured : nodes.isEmpty() ? fresh : nodes.iterator().next();
        nodes.remove(node);
        if (!nodes.isEmpty()) {
            LOG.log(Level.WARNING, "The journal directory holds segments of other nodes, which are not read: {0}", nodes);
        }
    }

    String node() {
        return node;
    }

    private void makeDirectory() throws IOException {
        Files.createDirectories(directory, mode("rwx------"));
        if (isPosix) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    Path path(long segment) {
        return directory.resolve(node + "-" + String.format("%016d", segment) + ".journal");
    }

    Path lockPath() {
        return directory.resolve("journal.lock");
    }

    boolean isUsable() {
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }

    /** Segment numbers in order, with sizes in bytes. */
    TreeMap<Long, Long> list() throws IOException {
        TreeMap<Long, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && name.group(1).equals(node)) {
                    sizes.put(Long.parseLong(name.group(2)), Files.size(file));
                }
            }
        }
        return sizes;
    }

    private Set<String> nodes() throws IOException {
        Set<String> nodes = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    nodes.add(name.group(1));
                }
            }
        }
        return nodes;
    }

    FileChannel create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE), mode("rw-------"));
        syncDirectory();
        return channel;
    }

    FileChannel openLock() throws IOException {
        return FileChannel.open(lockPath(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode("rw-------"));
    }

    /** Makes a new file's name durable, where the platform lets a directory be opened. */
    private void syncDirectory() {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not possible on this platform: the file system's own order must do
        }
    }

    private FileAttribute<?>[] mode(String permissions) {
        return isPosix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
