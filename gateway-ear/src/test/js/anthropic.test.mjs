// The official Anthropic client, unchanged.
import assert from 'node:assert/strict'
import test from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { apiKey, isPlace, models, place, question, url, weather } from './gateway.mjs'

const client = new Anthropic({ apiKey, baseURL: url + '/api/anthropic', maxRetries: 0 })
const tools = [{ name: weather.name, description: weather.description, input_schema: weather.schema }]
const text = message => message.content.filter(block => block.type === 'text').map(block => block.text).join('')

for (const model of models) {
  test(`${model}: a question is answered, with counts`, async () => {
    const answer = await client.messages.create({ model, max_tokens: 500, system: 'Be brief.', messages: [{ role: 'user', content: 'Hello there' }] })
    assert.match(text(answer), /Hello there/)
    assert.equal(answer.stop_reason, 'end_turn')
    assert.ok(answer.usage.input_tokens > 0)
  })

  test(`${model}: a stream says the same`, async () => {
    const stream = client.messages.stream({ model, max_tokens: 500, messages: [{ role: 'user', content: 'one two three' }] })
    let pieces = 0
    stream.on('text', () => pieces++)
    const answer = await stream.finalMessage()
    assert.match(text(answer), /one two three/)
    assert.ok(pieces > 1)
    assert.ok(answer.usage.output_tokens > 0)
  })

  test(`${model}: a tool is called, also in a stream, and its result goes back`, async () => {
    const messages = [{ role: 'user', content: question }]
    const streamed = await client.messages.stream({ model, max_tokens: 500, messages, tools }).finalMessage()
    const answer = await client.messages.create({ model, max_tokens: 500, messages, tools })
    for (const one of [streamed, answer]) {
      assert.equal(one.stop_reason, 'tool_use')
      const call = one.content.find(block => block.type === 'tool_use')
      assert.equal(call.name, 'weather')
      assert.deepEqual(call.input, { city: 'Bern' })
    }
    const result = { type: 'tool_result', tool_use_id: answer.content.find(block => block.type === 'tool_use').id, content: 'sunny' }
    const last = await client.messages.create({ model, max_tokens: 500, tools, messages: [...messages, { role: 'assistant', content: answer.content }, { role: 'user', content: [result] }] })
    assert.match(text(last), /sunny/)
  })

  test(`${model}: a schema is satisfied`, async () => {
    const answer = await client.messages.create({ model, max_tokens: 500, messages: [{ role: 'user', content: 'Describe Bern' }], output_config: { format: { type: 'json_schema', schema: place } } })
    assert.ok(isPlace(text(answer)))
  })

  test(`${model}: a failure has the provider's status and words`, async () => {
    for (const stream of [false, true]) {
      await assert.rejects(() => client.messages.create({ model, max_tokens: 500, messages: [{ role: 'user', content: 'fail 429' }], stream }),
        error => error instanceof Anthropic.RateLimitError && /as it was told/.test(error.message))
    }
  })
}

test('tokens are counted', async () => {
  assert.ok((await client.messages.countTokens({ model: models[0], messages: [{ role: 'user', content: 'Hello there' }] })).input_tokens > 0)
})
