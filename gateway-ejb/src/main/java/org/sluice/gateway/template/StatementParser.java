package org.sluice.gateway.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sluice.gateway.template.TemplateException.Kind;
import org.sluice.gateway.template.Token.Type;

/** Reads a template: text, printed expressions, statements. */
final class StatementParser {
    private static final String ELSEWHERE = "templates are single files here; put one prompt into another as a variable";
    private static final Map<String, String> UNSUPPORTED = Map.ofEntries(Map.entry("include", ELSEWHERE), Map.entry("import", ELSEWHERE),
            Map.entry("from", ELSEWHERE), Map.entry("extends", ELSEWHERE), Map.entry("block", ELSEWHERE),
            Map.entry("do", "use {% set %}"), Map.entry("break", "filter the loop: {% for x in list if ... %}"),
            Map.entry("continue", "filter the loop: {% for x in list if ... %}"), Map.entry("trans", "there are no translations"),
            Map.entry("pluralize", "there are no translations"), Map.entry("autoescape", "nothing is escaped unless a filter does it"),
            Map.entry("debug", "print what you want to see"));
    private final Words words;
    private final Names names;
    private final Nesting nesting;
    private final ExpressionParser expressions;

    StatementParser(String source, Names names, int nesting) {
        words = new Words(new Lexer(source));
        this.names = names;
        this.nesting = new Nesting(nesting);
        expressions = new ExpressionParser(words, names, this.nesting);
    }

    Body template() {
        Body body = body(Set.of());
        if (words.current().type() != Type.END) {
            throw Failure.syntax(words.current().at(), "Encountered unknown tag '" + words.current().text() + "'");
        }
        return body;
    }

    /** Nodes up to a tag of one of these names, which is then current; or up to the end. */
    private Body body(Set<String> ends) {
        nesting.enter(words.current().at());
        List<Node> nodes = new ArrayList<>();
        while (words.current().type() != Type.END) {
            Token token = words.take();
            if (token.type() == Type.TEXT) {
                nodes.add(new Node.Text(token.text()));
            } else if (token.type() == Type.PRINT_BEGIN) {
                int at = words.current().at();
                nodes.add(new Node.Print(expressions.tuple(false), at));
                words.expect(Type.PRINT_END, "the end of the print statement");
            } else if (words.current().type() == Type.NAME && ends.contains(words.current().text())) {
                break;
            } else {
                nodes.add(statement(ends));
                words.expect(Type.BLOCK_END, "the end of the statement");
            }
        }
        if (words.current().type() == Type.END && !ends.isEmpty()) {
            throw Failure.syntax(words.current().at(), "Unexpected end of template. It is looking for: '" + String.join("' or '", new java.util.TreeSet<>(ends)) + "'");
        }
        nesting.leave();
        return new Body(nodes.toArray(new Node[0]));
    }

    private Node statement(Set<String> ends) {
        int at = words.current().at();
        String tag = words.current().type() == Type.NAME ? words.take().text() : "";
        switch (tag) {
            case "if": return ifBlock();
            case "for": return forLoop(at);
            case "set": return assignment(at);
            case "with": return with();
            case "macro": return macro();
            case "call": return call(at);
            case "filter": return filterBlock(at);
            case "print": return print(at);
            default:
                if (UNSUPPORTED.containsKey(tag)) {
                    throw new Failure(Kind.UNSUPPORTED, "'" + tag + "' is not supported: " + UNSUPPORTED.get(tag), null, at);
                }
                String wanted = ends.isEmpty() ? "" : ". It is looking for: '" + String.join("' or '", new java.util.TreeSet<>(ends)) + "'";
                throw tag.isEmpty() ? words.unexpected("a tag name") : Failure.syntax(at, "Encountered unknown tag '" + tag + "'" + wanted);
        }
    }

    private Node print(int at) {
        List<Node> printed = new ArrayList<>();
        do {
            printed.add(new Node.Print(expressions.expression(), at));
        } while (words.skipOperator(","));
        return new Body(printed.toArray(new Node[0]));
    }

    /** The body of a block behind its first tag, up to one of these. */
    private Body block(String... ends) {
        words.expect(Type.BLOCK_END, "the end of the statement");
        return body(Set.of(ends));
    }

    private Node ifBlock() {
        List<Expression> conditions = new ArrayList<>();
        List<Body> bodies = new ArrayList<>();
        do {
            conditions.add(withoutInlineIf());
            bodies.add(block("elif", "else", "endif"));
        } while (words.skipName("elif"));
        Body otherwise = words.skipName("else") ? block("endif") : null;
        words.expectName("endif");
        return new Node.If(conditions.toArray(new Expression[0]), bodies.toArray(new Body[0]), otherwise);
    }

    private Node forLoop(int at) {
        Target target = targets();
        words.expectName("in");
        int iterableAt = words.current().at();
        Expression iterable = withoutInlineIf();
        Expression filter = words.skipName("if") ? expressions.expression() : null;
        if (words.isName("recursive")) {
            throw new Failure(Kind.UNSUPPORTED, "'recursive' is not supported: use a macro that calls itself", null, words.current().at());
        }
        Body body = block("else", "endfor");
        Body otherwise = words.skipName("else") ? block("endfor") : null;
        words.expectName("endfor");
        return new ForLoop(target, iterable, filter, body, otherwise, names.assigned("loop"), iterableAt < 0 ? at : iterableAt);
    }

    /** An expression, or several with commas between, where {@code if} would mean something else. */
    private Expression withoutInlineIf() {
        List<Expression> items = new ArrayList<>(List.of(expressions.disjunction()));
        boolean isTuple = false;
        while (words.skipOperator(",")) {
            isTuple = true;
            if (words.current().type() == Type.BLOCK_END || words.isName("if")) {
                break;
            }
            items.add(expressions.disjunction());
        }
        return isTuple ? new Expression.ListLiteral(items.toArray(new Expression[0]), true) : items.get(0);
    }

    private Target targets() {
        List<Target> targets = new ArrayList<>();
        boolean isTuple = false;
        do {
            if (isTuple && (words.isName("in") || words.isOperator("=") || words.isOperator(")") || words.current().type() == Type.BLOCK_END)) {
                break;
            }
            targets.add(target());
            isTuple |= words.isOperator(",");
        } while (words.skipOperator(","));
        return isTuple ? new Target.Unpacked(targets.toArray(new Target[0])) : targets.get(0);
    }

    private Target target() {
        Token token = words.current();
        if (words.skipOperator("(") || words.skipOperator("[")) {
            nesting.enter(token.at());
            Target inside = targets();
            nesting.leave();
            words.expectOperator(token.text().equals("(") ? ")" : "]");
            return inside;
        }
        String name = assignable();
        if (words.skipOperator(".")) {
            return new Target.Member(new Expression.Name(name, names.read(name), token.at()), words.expectName());
        }
        return new Target.Variable(names.assigned(name));
    }

    private String assignable() {
        Token token = words.current();
        String name = words.expectName();
        if (Set.of("true", "false", "none", "True", "False", "None", "not", "and", "or", "in", "is", "if", "else").contains(name)) {
            throw Failure.syntax(token.at(), "can't assign to '" + name + "'");
        }
        return name;
    }

    private Node assignment(int at) {
        Target target = targets();
        if (words.skipOperator("=")) {
            return new Node.Assign(target, expressions.tuple(false), at);
        }
        Link[] filters = expressions.chains().filters().toArray(new Link[0]);
        Body body = block("endset");
        words.expectName("endset");
        return new Node.AssignBlock(target, filters, body, at);
    }

    private Node with() {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (words.current().type() != Type.BLOCK_END) {
            if (!targets.isEmpty()) {
                words.expectOperator(",");
            }
            targets.add(target());
            words.expectOperator("=");
            values.add(expressions.expression());
        }
        Body body = block("endwith");
        words.expectName("endwith");
        return new Node.With(targets.toArray(new Target[0]), values.toArray(new Expression[0]), body);
    }

    private Node macro() {
        String name = assignable();
        if (!words.isOperator("(")) {
            throw words.unexpected("'('");
        }
        Macro.Definition definition = definition(name, "endmacro", null);
        return new Node.DefineMacro(definition, names.assigned(name));
    }

    /** From the parameters, if there are any, to the end tag; {@code call} is read in between. */
    private Macro.Definition definition(String name, String end, List<Expression> call) {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        names.beginMacro();
        int before = nesting.begin();
        if (words.skipOperator("(")) {
            parameters(parameters, defaults);
        }
        if (call != null) {
            call.add(expressions.expression());
        }
        Body body = block(end);
        words.expectName(end);
        int levels = nesting.levels(before);
        Set<String> reads = names.endMacro();
        int[] ids = parameters.stream().mapToInt(names::assigned).toArray();
        return new Macro.Definition(name, List.copyOf(parameters), ids, defaults.toArray(new Expression[0]), special("varargs", reads),
                special("kwargs", reads), special("caller", reads), body, levels);
    }

    private void parameters(List<String> parameters, List<Expression> defaults) {
        while (!words.skipOperator(")")) {
            Token token = words.current();
            String parameter = assignable();
            if (parameters.contains(parameter)) {
                throw Failure.syntax(token.at(), "duplicate argument '" + parameter + "'");
            }
            if (parameters.size() >= 64) {
                throw Failure.syntax(token.at(), "a macro has at most 64 parameters");
            }
            boolean hasDefault = words.skipOperator("=");
            if (!hasDefault && !defaults.isEmpty() && defaults.get(defaults.size() - 1) != null) {
                throw Failure.syntax(token.at(), "non-default argument follows default argument");
            }
            parameters.add(parameter);
            defaults.add(hasDefault ? expressions.expression() : null);
            if (!words.isOperator(")")) {
                words.expectOperator(",");
            }
        }
    }

    private int special(String name, Set<String> reads) {
        return reads.contains(name) ? names.assigned(name) : -1;
    }

    private Node call(int at) {
        List<Expression> called = new ArrayList<>();
        Macro.Definition caller = definition("caller", "endcall", called);
        Link[] links = called.get(0) instanceof Expression.Chain chain ? chain.links() : new Link[0];
        Link last = links.length == 0 ? null : links[links.length - 1];
        Expression block = new Node.Caller(caller);
        Link with = last instanceof Link.Call direct ? new Link.Call(direct.arguments().with("caller", block), direct.at())
                : last instanceof Link.Method method ? new Link.Method(method.name(), method.arguments().with("caller", block), method.at()) : null;
        if (with == null) {
            throw Failure.syntax(at, "expected call");
        }
        Link[] replaced = Arrays.copyOf(links, links.length);
        replaced[links.length - 1] = with;
        return new Node.Print(new Expression.Chain(((Expression.Chain) called.get(0)).head(), replaced), at);
    }

    private Node filterBlock(int at) {
        List<Link> filters = new ArrayList<>(List.of(expressions.chains().filter()));
        filters.addAll(expressions.chains().filters());
        Body body = block("endfilter");
        words.expectName("endfilter");
        return new Node.FilterBlock(filters.toArray(new Link[0]), body, at);
    }
}
