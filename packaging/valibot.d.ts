// What the typings of options use of valibot, which is part of the bundled code and no package that users install. The requests' types come out the
// same (test/package/types.test.ts).

declare const output: unique symbol;
declare const mayBeAbsent: unique symbol;
declare const isReadonly: unique symbol;

/** Anything that describes a value of this type. */
interface Of<Output> {
  readonly [output]: Output;
}

export type InferOutput<Schema> = Schema extends Of<infer Output> ? Output : never;

export type StringSchema<_Message> = Of<string>;
export type NumberSchema<_Message> = Of<number>;
export type BooleanSchema<_Message> = Of<boolean>;
export type CustomSchema<Value, _Message> = Of<Value>;
export type LiteralSchema<Value, _Message> = Of<Value>;
export type PicklistSchema<Options extends readonly unknown[], _Message> = Of<Options[number]>;
export type UnionSchema<Schemas extends readonly unknown[], _Message> = Of<InferOutput<Schemas[number]>>;
export type ArraySchema<Item, _Message> = Of<InferOutput<Item>[]>;
export type RecordSchema<_Key, Value, _Message> = Of<{ [key: string]: InferOutput<Value> }>;
export type NullableSchema<Schema, _Default> = Of<InferOutput<Schema> | null>;
export type OptionalSchema<Schema, _Default> = Of<InferOutput<Schema> | undefined> & { readonly [mayBeAbsent]: true };
export type ExactOptionalSchema<Schema, _Default> = Of<InferOutput<Schema>> & { readonly [mayBeAbsent]: true };

export type ObjectEntries = Readonly<Record<string, Of<unknown>>>;
type Absent = { readonly [mayBeAbsent]: true };
type Entries<Given> = {
  [Key in keyof Given as Given[Key] extends Absent ? never : Key]: InferOutput<Given[Key]>;
} & { [Key in keyof Given as Given[Key] extends Absent ? Key : never]?: InferOutput<Given[Key]> };
type Flat<Type> = { -readonly [Key in keyof Type]: Type[Key] } & {};
export type ObjectSchema<Given, _Message> = Of<Flat<Entries<Given>>>;
export type StrictObjectSchema<Given, _Message> = Of<Flat<Entries<Given>>> & { readonly entries: Given };

/** A schema with what is asked of its values; only `ReadonlyAction` changes their type. */
export type SchemaWithPipe<Pipe extends readonly unknown[]> = Of<
  Extract<Pipe[number], { readonly [isReadonly]: true }> extends never
    ? InferOutput<Pipe[0]>
    : Readonly<InferOutput<Pipe[0]>>
>;
export type ReadonlyAction<_Value> = { readonly [isReadonly]: true };
export type DescriptionAction<_Value, _Text> = unknown;
export type CheckAction<_Value, _Message> = unknown;
export type FiniteAction<_Value, _Message> = unknown;
export type IntegerAction<_Value, _Message> = unknown;
export type SafeIntegerAction<_Value, _Message> = unknown;
export type NonEmptyAction<_Value, _Message> = unknown;
export type MinLengthAction<_Value, _Least, _Message> = unknown;
export type MinValueAction<_Value, _Least, _Message> = unknown;
export type MaxValueAction<_Value, _Most, _Message> = unknown;
export type GtValueAction<_Value, _Bound, _Message> = unknown;
export type LtValueAction<_Value, _Bound, _Message> = unknown;
export type MultipleOfAction<_Value, _Unit, _Message> = unknown;
