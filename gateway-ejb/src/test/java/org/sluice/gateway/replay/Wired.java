package org.sluice.gateway.replay;

import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sluice.gateway.dialect.Dialect;
import org.sluice.gateway.dialect.EventSource;
import org.sluice.gateway.dialect.ServerSentEvent;
import org.sluice.gateway.provider.Provider;
import org.sluice.gateway.upstream.SseReader;

/** The dialects and providers of this module, found among its classes, so that one more needs no line here. */
final class Wired {
    private static final Map<Class<?>, Object> MADE = new HashMap<>();
    private static final List<Class<?>> FOUND = classes();
    static final List<Dialect> DIALECTS = all(Dialect.class);
    static final List<Provider> PROVIDERS = all(Provider.class);

    private Wired() { }

    /** The dialect of this name: one of all, or one that only its provider can make. */
    static Optional<Dialect> dialect(String name) {
        return Stream.concat(DIALECTS.stream(), PROVIDERS.stream().map(Provider::dialect)).filter(dialect -> dialect.name().equals(name)).findFirst();
    }

    static Optional<Provider> provider(String id) {
        return PROVIDERS.stream().filter(provider -> provider.id().equals(id) || provider.aliases().contains(id)).findFirst();
    }

    /** The events of a streamed answer as the provider's own framing cuts them, as server-sent events where it has none. */
    static List<ServerSentEvent> events(Provider provider, Dialect dialect, byte[] body) {
        EventSource own = provider == null ? null : provider.events(dialect, new ByteArrayInputStream(body));
        EventSource source = own == null ? new SseReader(new ByteArrayInputStream(body)) : own;
        List<ServerSentEvent> events = new ArrayList<>();
        for (ServerSentEvent event = source.next(); event != null; event = source.next()) {
            events.add(kept(event));
        }
        return events;
    }

    /** The bytes of an event are valid until the next one. */
    private static ServerSentEvent kept(ServerSentEvent event) {
        return new ServerSentEvent(event.event(), event.data() == null ? null : org.sluice.gateway.dialect.Slice.of(event.data().toBytes().clone()),
                event.frame() == null ? null : org.sluice.gateway.dialect.Slice.of(event.frame().toBytes().clone()), event.isComplete());
    }

    private static <T> List<T> all(Class<T> kind) {
        return FOUND.stream().filter(type -> kind.isAssignableFrom(type)).map(type -> kind.cast(made(type))).toList();
    }

    private static List<Class<?>> classes() {
        try {
            Path root = Path.of(org.sluice.gateway.upstream.SseReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.map(file -> root.relativize(file).toString()).filter(name -> name.endsWith(".class") && !name.contains("$") && !name.endsWith("-info.class"))
                        .filter(name -> name.contains("gateway/dialect/") || name.contains("gateway/provider/")).sorted()
                        .<Class<?>>map(name -> named(name.substring(0, name.length() - 6).replace('/', '.')))
                        .filter(type -> !Modifier.isAbstract(type.getModifiers()) && (Dialect.class.isAssignableFrom(type) || Provider.class.isAssignableFrom(type)))
                        .filter(type -> Stream.of(type.getDeclaredConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0)).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Made as a container makes it: by its constructor without parameters, then its fields. */
    private static Object made(Class<?> type) {
        Object before = MADE.get(type);
        if (before != null) {
            return before;
        }
        try {
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object bean = constructor.newInstance();
            MADE.put(type, bean);
            for (Class<?> level = type; level != Object.class; level = level.getSuperclass()) {
                for (Field field : level.getDeclaredFields()) {
                    if (field.isAnnotationPresent(Inject.class) && FOUND.contains(field.getType())) {
                        field.setAccessible(true);
                        field.set(bean, made(field.getType()));
                    }
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
