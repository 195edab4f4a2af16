package org.sluice.gateway.bench.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of {@link Bench}.
 *
 * @param root top folder of the project
 * @param jdk of all processes
 * @param isShort a quick check of the command: short windows, few streams; its figures mean little
 * @param openFiles limit of a process; sections that need more are left out
 * @param jvmOptions more options of the gateway's JVM
 * @param sections names to run, empty for all
 */
public record Options(Path root, String server, Path jdk, boolean isShort, long openFiles, List<String> jvmOptions, List<String> sections) {

    public static Options read(String[] arguments) {
        Path root = Path.of("").toAbsolutePath();
        String server = "liberty";
        Path jdk = Path.of(System.getProperty("java.home"));
        boolean isShort = false;
        long openFiles = Long.MAX_VALUE;
        List<String> jvmOptions = new ArrayList<>();
        List<String> sections = new ArrayList<>();
        for (int at = 0; at < arguments.length; at++) {
            switch (arguments[at]) {
                case "--short" -> isShort = true;
                case "--root" -> root = Path.of(value(arguments, ++at)).toAbsolutePath().normalize();
                case "--server" -> server = value(arguments, ++at);
                case "--jdk" -> jdk = Path.of(value(arguments, ++at)).toAbsolutePath();
                case "--open-files" -> openFiles = value(arguments, ++at).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(arguments[at]);
                case "--jvm-option" -> jvmOptions.add(value(arguments, ++at));
                case "--section" -> sections.add(value(arguments, ++at));
                default -> throw new IllegalArgumentException("unknown option " + arguments[at]);
            }
        }
        if (!List.of("liberty", "payara").contains(server)) {
            throw new IllegalArgumentException("--server is liberty or payara");
        }
        return new Options(root, server, jdk, isShort, openFiles, jvmOptions, sections);
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }

    public Path java() {
        return jdk.resolve("bin/java");
    }

    public Path work() {
        return root.resolve("bench/target/run");
    }
}
