/** Form parts: label, hint, control and errors tied together; they work without JavaScript. */
export { CheckboxField, CheckboxGroup, type Option, RadioGroup, SelectField } from "./choice-fields";
export { FieldError, type FieldProps } from "./field";
export { FormErrors, SubmitRow } from "./form-errors";
export { FileField, TextAreaField, TextField } from "./text-fields";
