import { StandardSchemaSerializerInterceptor } from '@nestjs/common';

type Serialize = StandardSchemaSerializerInterceptor['serialize'];

/**
 * Shapes each answer by the schema of its route as a whole. Nest holds every element of a list against the schema,
 * which for a route that answers a list is the schema of the list.
 */
export class AnswerSerializer extends StandardSchemaSerializerInterceptor {
  override serialize(...[response, schema, validateOptions]: Parameters<Serialize>): ReturnType<Serialize> {
    if (schema && Array.isArray(response)) return this.transformToPlain(response, schema, validateOptions);
    return super.serialize(response, schema, validateOptions);
  }
}
