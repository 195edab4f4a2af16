import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * {@code java server-config/run/Run.java liberty|payara [options]}: starts the gateway on a server of its own.
 * Java 17 runs one source file only, so this one compiles its neighbours and hands over to {@code Launcher}.
 */
public final class Run {
    private Run() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(sourceFile()).toAbsolutePath().getParent();
        Path classes = Files.createTempDirectory("gateway-run");
        try {
            compile(folder, classes);
            try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
                loader.loadClass("Launcher").getMethod("launch", Path.class, String[].class).invoke(null, folder, arguments);
            }
        } catch (InvocationTargetException failed) {
            System.err.println("gateway: " + failed.getCause().getMessage());
            if (!(failed.getCause() instanceof IllegalStateException || failed.getCause() instanceof IllegalArgumentException)) {
                failed.getCause().printStackTrace();
            }
            System.exit(1);
        } finally {
            delete(classes);
        }
    }

    private static String sourceFile() throws URISyntaxException {
        return Path.of(Run.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    private static void compile(Path folder, Path classes) throws IOException {
        List<String> javac = new ArrayList<>(List.of("-d", classes.toString(), "-proc:none", "-encoding", "UTF-8"));
        try (var sources = Files.list(folder)) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java") && !name.endsWith("Run.java")).forEach(javac::add);
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("the launcher in " + folder + " does not compile");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
