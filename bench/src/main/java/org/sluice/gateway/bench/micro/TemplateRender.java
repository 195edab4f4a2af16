package org.sluice.gateway.bench.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sluice.gateway.template.Template;

/**
 * A prompt of 4 KB with 20 variables, a condition and a loop over five documents: reading it, which is done once a version, and
 * rendering it, which is done every call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TemplateRender {
    private static final String INSTRUCTION = "Follow the guidelines of the team, cite what you use, and say so when you do not know. ";
    private String source;
    private Template template;
    private Map<String, Object> variables;

    @Setup
    public void make() {
        StringBuilder text = new StringBuilder("You are {{ role }} of {{ company | title }}.\n{% if tone %}Write in a {{ tone | lower }} tone.{% endif %}\n");
        variables = new LinkedHashMap<>(Map.of("role", "the assistant", "company", "acme tools", "tone", "FRIENDLY", "question", "How do I reset it?"));
        for (int i = 0; i < 16; i++) {
            text.append(INSTRUCTION.repeat(2)).append("Rule ").append(i).append(": {{ rule_").append(i).append(" }}\n");
            variables.put("rule_" + i, "keep answers below " + 100 * i + " words");
        }
        text.append("{% for d in docs %}\n## {{ loop.index }}. {{ d.title | default('untitled') }}\n{{ d.text | trim }}\n{% else %}\nNo documents.\n{% endfor %}\nQuestion: {{ question }}\n");
        List<Map<String, Object>> documents = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            documents.add(Map.of("title", "Document " + i, "text", "  Press the button for " + i + " seconds.  "));
        }
        variables.put("docs", documents);
        source = text.toString();
        template = Template.compile(source);
    }

    @Benchmark
    public String render() {
        return template.render(variables);
    }

    @Benchmark
    public Template compile() {
        return Template.compile(source);
    }
}
